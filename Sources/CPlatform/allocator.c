// How releases allocate (docs/decisions/0018-jemalloc-in-releases.md). jemalloc reads this as it starts, ahead of any code of
// the program's own; nothing else does.
//
// A block of 256 KiB or more is the system's again as soon as it is freed. A list of many webhooks has blocks of 16 MiB: what
// is freed while it is read would stay beside what is kept.
const char *malloc_conf = "oversize_threshold:262144";
