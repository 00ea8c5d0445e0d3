// libmd's SHA-2, a dependency of libedit and so always there beside it (Debian: libmd-dev).
#include <sys/types.h>
#include <stdint.h>
#include <sha2.h>
