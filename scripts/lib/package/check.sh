# Run as root in a clean Debian root: check.sh PACKAGE. Installs the package, uses it as a user would, removes it.
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
package=$1
# Debian's ~ before a pre-release is the program's -.
version=$(dpkg-deb --field "$package" Version | sed 's/~/-/')
user=visitor

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# As an ordinary user, in an empty home.
as_user() { su -s /bin/bash - "$user" -c "$1"; }

# Fails unless what the second argument prints, as a user, has the first in it.
expect() {
    wanted=$1
    printed=$(as_user "$2" 2>&1) || die "$2: $printed"
    case $printed in
    *"$wanted"*) say "ok: $2" ;;
    *) die "$2 does not print $wanted: $printed" ;;
    esac
}

! command -v swift >/dev/null || die "this root has a toolchain"
useradd --create-home "$user"
dpkg --info "$package" >&2

DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install --no-install-recommends -y "$package" >&2
dpkg --verify hookline
dpkg --listfiles hookline >/tmp/files
badly=$(dpkg --listfiles hookline | xargs stat --format '%A %U:%G %n' | grep -vE '^(d|-)rw(x|-)r-(x|-)r-(x|-) root:root ' || true)
[ -z "$badly" ] || die "modes or owners: $badly"

expect "hookline $version" "hookline --version"
expect "wh_abc123def4" "hookline --sandbox -c ls"
expect "available" "hookline --sandbox -c 'plugin ls'"
expect "audit is enabled" \
    "hookline plugin enable audit --pin \$(hookline plugin info audit | sed -n 's/^ *sha256 *//p')"
expect "wildcard: " "hookline --sandbox -c audit"
expect "Engineering Slack Alerts" "echo 'use wh_abc123def4; get' | hookline --sandbox"
expect "a prompt for the webhooks" "man hookline | cat"
expect "commit" '. /usr/share/bash-completion/bash_completion; _completion_loader hookline
    COMP_WORDS=(hookline com) COMP_CWORD=1; _hookline; printf "%s\n" "${COMPREPLY[@]}"'

dpkg --remove hookline >&2
! dpkg-query --status hookline >/dev/null 2>&1 || die "dpkg knows of hookline still"
for folder in /usr/lib/hookline /usr/share/doc/hookline; do
    [ ! -e "$folder" ] || die "removed, but $folder is there"
done
while IFS= read -r file; do
    [ -d "$file" ] || [ ! -e "$file" ] || die "removed, but $file is there"
done </tmp/files
say "ok: removed, nothing left"
