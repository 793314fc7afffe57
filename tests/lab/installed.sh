# What a Debian package would have put on this host, laid over its own files; nobody else sees it. Run in a mount namespace of its own.
#
#   installed.sh UNPACKED SCRATCH PROGRAM WORDS…      UNPACKED: the package's files; SCRATCH: an empty folder
set -e
unpacked=$1 scratch=$2
shift 2
mount -t tmpfs tmpfs "$scratch"
for place in etc var; do
  mkdir -p "$scratch/$place.new" "$scratch/$place.work" "$scratch/none/$place"
  if [ "$place" = etc ]; then
    cp /etc/resolv.conf /etc/hosts /etc/passwd /etc/group "$scratch/etc.new"
    printf 'Debian-exim:x:990:990::/var/spool/exim4:/bin/false\nopensmtpd:x:991:991::/var/lib/opensmtpd/empty:/bin/false\nopensmtpq:x:992:992::/var/lib/opensmtpd/empty:/bin/false\nsmmsp:x:993:993::/var/lib/sendmail:/bin/false\nsmmta:x:994:994::/var/lib/sendmail:/bin/false\n' >> "$scratch/etc.new/passwd"
    printf 'Debian-exim:x:990:\nopensmtpd:x:991:\nopensmtpq:x:992:\nsmmsp:x:993:\nsmmta:x:994:\n' >> "$scratch/etc.new/group"
  fi
  [ -d "$unpacked/$place" ] && from="$unpacked/$place" || from="$scratch/none/$place"
  mount -t overlay overlay -o "lowerdir=$from:/$place,upperdir=$scratch/$place.new,workdir=$scratch/$place.work" "/$place"
done
mount -t overlay overlay -o "lowerdir=$unpacked/usr:/usr" /usr
mkdir "$scratch/dev" "$scratch/spool"
for node in null zero full random urandom; do
  : > "$scratch/dev/$node"
  mount --bind "/dev/$node" "$scratch/dev/$node"
done
mount --rbind "$scratch/dev" /dev
mount -t tmpfs tmpfs /run
mount -t proc proc /proc
TZ=UTC exec "$@"
