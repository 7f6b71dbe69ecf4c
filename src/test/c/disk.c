/*
 * Stands between a process and its disk (LD_PRELOAD): notes what it does to the files below one
 * folder and what it says over TCP, in one order, and fails what it is told to fail.
 *
 * DISK_FOLDER   the folder, absolute, without a slash at its end
 * DISK_TRACE    where the notes are appended; none are taken without it
 * DISK_CONTROL  a file of 4 words that says what fails, read at every call; see struct control
 *
 * A note is one write() to a file opened with O_APPEND, so notes have a total order and no lock is
 * held over a sync. A change is noted when it has happened, a sync when it begins and when it has
 * ended, an answer before it is sent: so what is noted to be on the disk before an answer was.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Which of the next syncs fail: per mille of them, and all while fail_next counts down. */
struct control {
  volatile int32_t fail_per_mille;
  _Atomic int32_t fail_next;
  volatile int32_t write_errno; /* ENOSPC: what makes a file longer fails. Else every change. */
  _Atomic int32_t failed;       /* how many calls were failed */
};

enum target { NOTHING, FILE_OF_OURS, FOLDER_OF_OURS, SOCKET };

struct open_fd {
  _Atomic int target;
  uint32_t handle;
  ino_t inode;
  _Atomic int error_pending; /* a sync of the file failed: every descriptor is told so once */
};

struct note {
  uint8_t kind;
  uint8_t unused[3];
  uint32_t handle;
  int64_t at;
  uint32_t extra;
  uint32_t length;
};

#define MOST_FDS 65536
static struct open_fd fds[MOST_FDS];
static const char *folder;
static size_t folder_length;
static struct control *control;
static struct control calm;
static int trace = -1;
static atomic_flag started = ATOMIC_FLAG_INIT;
static _Atomic uint32_t last_handle;
static _Atomic uint32_t last_sync;
static _Atomic uint64_t chance = 88172645463325252u;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = dlsym(RTLD_NEXT, name)

static ssize_t real_write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return real(fd, bytes, length);
}

static int real_open(const char *path, int flags, mode_t mode) {
  REAL(int, "open64", const char *, int, ...);
  return real(path, flags, mode);
}

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("DISK_CONTROL");
  control = &calm;
  if (file) {
    int fd = real_open(file, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0) abort();
    void *words = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (words == MAP_FAILED) abort();
    control = words;
    close(fd);
  }
  file = getenv("DISK_TRACE");
  if (file) {
    trace = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (trace < 0) abort();
  }
  folder = getenv("DISK_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
}

static void put(struct note *head, const struct iovec *parts, int count) {
  struct iovec all[66];
  if (trace < 0) return;
  if (count > 65) abort();
  all[0] = (struct iovec){head, sizeof *head};
  head->length = 0;
  for (int i = 0; i < count; i++) {
    all[i + 1] = parts[i];
    head->length += parts[i].iov_len;
  }
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  int before = errno;
  if (real(trace, all, count + 1) != (ssize_t)(sizeof *head + head->length)) abort();
  errno = before;
}

static void note(char kind, uint32_t handle, int64_t at, uint32_t extra, const void *bytes,
                 size_t length) {
  struct note head = {.kind = kind, .handle = handle, .at = at, .extra = extra};
  struct iovec part = {(void *)bytes, length};
  put(&head, &part, length ? 1 : 0);
}

/* Handles count from the beginning of a process; a trace may hold several. */
static uint32_t new_handle(void) {
  if (!atomic_flag_test_and_set(&started)) note('S', 0, 0, 0, NULL, 0);
  return ++last_handle;
}

static struct open_fd *of(int fd, int target) {
  return fd >= 0 && fd < MOST_FDS && fds[fd].target == target ? &fds[fd] : NULL;
}

static int is_ours(const char *path) {
  return folder && strncmp(path, folder, folder_length) == 0
      && (path[folder_length] == '/' || path[folder_length] == 0);
}

static const char *within(const char *path) {
  return path[folder_length] ? path + folder_length + 1 : "";
}

/* Tells whether a change must fail, and with what. */
static int is_failed(int grows) {
  int error = control->write_errno;
  if (!error || (error == ENOSPC && !grows)) return 0;
  control->failed++;
  errno = error;
  return 1;
}

static int grows_to(int fd, int64_t end) {
  struct stat now;
  return fstat(fd, &now) == 0 && end > now.st_size;
}

static int opened(int fd, const char *path, int flags) {
  struct stat now;
  if (fd < 0 || fd >= MOST_FDS || !is_ours(path) || fstat(fd, &now)) return fd;
  struct open_fd *entry = &fds[fd];
  if (S_ISDIR(now.st_mode)) {
    entry->handle = new_handle();
    note('D', entry->handle, 0, 0, within(path), strlen(within(path)));
    entry->target = FOLDER_OF_OURS;
  } else if ((flags & O_ACCMODE) != O_RDONLY) {
    entry->handle = new_handle();
    entry->inode = now.st_ino;
    entry->error_pending = 0;
    note('O', entry->handle, 0, flags & O_TRUNC ? 1 : 0, within(path), strlen(within(path)));
    entry->target = FILE_OF_OURS;
  }
  return fd;
}

static int open_any(const char *path, int flags, mode_t mode) {
  if (is_ours(path)) {
    int changes = (flags & O_ACCMODE) != O_RDONLY;
    int creates = (flags & O_CREAT) && access(path, F_OK) != 0;
    if ((creates && is_failed(1)) || (changes && control->write_errno && is_failed(0))) return -1;
  }
  return opened(real_open(path, flags, mode), path, flags);
}

#define MODE_OF(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_any(path, flags, mode);
}

static int openat_any(int at, const char *path, int flags, mode_t mode) {
  if (path[0] == '/') return open_any(path, flags, mode);
  REAL(int, "openat64", int, const char *, int, ...);
  return real(at, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  MODE_OF(flags)
  return openat_any(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...) {
  MODE_OF(flags)
  return openat_any(at, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
  return open_any(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
  return open_any(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < MOST_FDS) fds[fd].target = NOTHING;
  return real(fd);
}

int dup2(int from, int to) {
  REAL(int, "dup2", int, int);
  if (to >= 0 && to < MOST_FDS) fds[to].target = NOTHING;
  return real(from, to);
}

/* Notes what was written by one call, in pieces as they were given. */
static void wrote(struct open_fd *entry, int64_t at, const struct iovec *parts, int count,
                  ssize_t written) {
  struct iovec done[64];
  int used = 0;
  for (int i = 0; i < count && written > 0 && used < 64; i++) {
    size_t length = parts[i].iov_len < (size_t)written ? parts[i].iov_len : (size_t)written;
    done[used++] = (struct iovec){parts[i].iov_base, length};
    written -= length;
  }
  struct note head = {.kind = 'W', .handle = entry->handle, .at = at};
  put(&head, done, used);
}

static size_t sum(const struct iovec *parts, int count) {
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  return length;
}

static void answered(struct open_fd *socket, const struct iovec *parts, int count) {
  struct note head = {.kind = 'P', .handle = socket->handle};
  put(&head, parts, count > 64 ? 64 : count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  struct open_fd *entry = of(fd, FILE_OF_OURS);
  if (!entry) return real(fd, bytes, length, at);
  if (control->write_errno && is_failed(grows_to(fd, at + (int64_t)length))) return -1;
  ssize_t written = real(fd, bytes, length, at);
  struct iovec part = {(void *)bytes, length};
  if (written > 0) wrote(entry, at, &part, 1, written);
  return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  return pwrite64(fd, bytes, length, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  struct open_fd *entry = of(fd, SOCKET);
  if (entry) answered(entry, parts, count);
  entry = of(fd, FILE_OF_OURS);
  if (!entry) return real(fd, parts, count);
  int64_t at = lseek(fd, 0, SEEK_CUR);
  if (control->write_errno && is_failed(grows_to(fd, at + (int64_t)sum(parts, count)))) return -1;
  ssize_t written = real(fd, parts, count);
  if (written > 0) wrote(entry, lseek(fd, 0, SEEK_CUR) - written, parts, count, written);
  return written;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  struct iovec part = {(void *)bytes, length};
  if (of(fd, SOCKET) || of(fd, FILE_OF_OURS)) return writev(fd, &part, 1);
  return real_write(fd, bytes, length);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  REAL(ssize_t, "pwritev", int, const struct iovec *, int, off_t);
  struct open_fd *entry = of(fd, FILE_OF_OURS);
  if (!entry) return real(fd, parts, count, at);
  if (control->write_errno && is_failed(grows_to(fd, at + (int64_t)sum(parts, count)))) return -1;
  ssize_t written = real(fd, parts, count, at);
  if (written > 0) wrote(entry, at, parts, count, written);
  return written;
}

int ftruncate64(int fd, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  struct open_fd *entry = of(fd, FILE_OF_OURS);
  if (entry && control->write_errno && is_failed(grows_to(fd, length))) return -1;
  int result = real(fd, length);
  if (entry && result == 0) note('T', entry->handle, length, 0, NULL, 0);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fallocate64(int fd, int mode, off64_t at, off64_t length) {
  REAL(int, "fallocate64", int, int, off64_t, off64_t);
  struct open_fd *entry = of(fd, FILE_OF_OURS);
  if (entry && control->write_errno && is_failed(1)) return -1;
  int result = real(fd, mode, at, length);
  if (entry && result == 0 && mode == 0) note('A', entry->handle, at + length, 0, NULL, 0);
  return result;
}

int fallocate(int fd, int mode, off_t at, off_t length) {
  return fallocate64(fd, mode, at, length);
}

int posix_fallocate64(int fd, off64_t at, off64_t length) {
  return fallocate64(fd, 0, at, length) ? errno : 0;
}

int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }

static int takes_chance(int per_mille) {
  uint64_t x = chance;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  chance = x;
  return (int)(x % 1000) < per_mille;
}

static int is_next_to_fail(void) {
  int32_t left = control->fail_next;
  while (left > 0) {
    if (atomic_compare_exchange_weak(&control->fail_next, &left, left - 1)) return 1;
  }
  return takes_chance(control->fail_per_mille);
}

/*
 * A sync that fails, as the kernel has it since 4.13: what was to be written is taken for written,
 * and each descriptor that is open at that time is told once, at its next sync.
 */
static int fails_to_sync(struct open_fd *entry) {
  if (is_next_to_fail()) {
    for (int i = 0; i < MOST_FDS; i++) {
      if (fds[i].target == FILE_OF_OURS && fds[i].inode == entry->inode) fds[i].error_pending = 1;
    }
  }
  return atomic_exchange(&entry->error_pending, 0);
}

static int synced(int fd, int (*real)(int)) {
  struct open_fd *file = of(fd, FILE_OF_OURS);
  struct open_fd *entry = file ? file : of(fd, FOLDER_OF_OURS);
  if (!entry) return real(fd);
  uint32_t number = ++last_sync;
  uint32_t handle = entry->handle;
  note('B', handle, 0, number, NULL, 0);
  if (file && fails_to_sync(file)) {
    control->failed++;
    note('E', handle, -1, number, NULL, 0);
    errno = EIO;
    return -1;
  }
  int result = real(fd);
  note('E', handle, result, number, NULL, 0);
  return result;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return synced(fd, real);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return synced(fd, real);
}

static void renamed(const char *from, const char *to) {
  if (!is_ours(from) || !is_ours(to)) return;
  struct iovec names[] = {{(void *)within(from), strlen(within(from)) + 1},
                          {(void *)within(to), strlen(within(to))}};
  struct note head = {.kind = 'R'};
  put(&head, names, 2);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (is_ours(to) && is_failed(0)) return -1;
  int result = real(from, to);
  if (result == 0) renamed(from, to);
  return result;
}

int renameat(int from_at, const char *from, int to_at, const char *to) {
  REAL(int, "renameat", int, const char *, int, const char *);
  int result = real(from_at, from, to_at, to);
  if (result == 0) renamed(from, to);
  return result;
}

static int changed_name(int result, char kind, const char *path) {
  if (result == 0 && is_ours(path)) note(kind, 0, 0, 0, within(path), strlen(within(path)));
  return result;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (is_ours(path) && is_failed(0)) return -1;
  return changed_name(real(path), 'U', path);
}

int unlinkat(int at, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  return changed_name(real(at, path, flags), 'U', path);
}

int rmdir(const char *path) {
  REAL(int, "rmdir", const char *);
  return changed_name(real(path), 'U', path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (is_ours(path) && is_failed(1)) return -1;
  return changed_name(real(path, mode), 'M', path);
}

static int accepted(int fd) {
  if (fd >= 0 && fd < MOST_FDS && trace >= 0) {
    fds[fd].handle = new_handle();
    fds[fd].target = SOCKET;
  }
  return fd;
}

int accept(int fd, struct sockaddr *from, socklen_t *length) {
  REAL(int, "accept", int, struct sockaddr *, socklen_t *);
  return accepted(real(fd, from, length));
}

int accept4(int fd, struct sockaddr *from, socklen_t *length, int flags) {
  REAL(int, "accept4", int, struct sockaddr *, socklen_t *, int);
  return accepted(real(fd, from, length, flags));
}

static ssize_t asked(int fd, const void *bytes, ssize_t length) {
  struct open_fd *entry = of(fd, SOCKET);
  if (entry && length > 0) note('I', entry->handle, 0, 0, bytes, length);
  return length;
}

ssize_t read(int fd, void *bytes, size_t length) {
  REAL(ssize_t, "read", int, void *, size_t);
  return asked(fd, bytes, real(fd, bytes, length));
}

ssize_t recv(int fd, void *bytes, size_t length, int flags) {
  REAL(ssize_t, "recv", int, void *, size_t, int);
  return asked(fd, bytes, real(fd, bytes, length, flags));
}

ssize_t readv(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "readv", int, const struct iovec *, int);
  ssize_t length = real(fd, parts, count);
  struct open_fd *entry = of(fd, SOCKET);
  ssize_t left = length;
  for (int i = 0; entry && i < count && left > 0; i++) {
    size_t part = parts[i].iov_len < (size_t)left ? parts[i].iov_len : (size_t)left;
    note('I', entry->handle, 0, 0, parts[i].iov_base, part);
    left -= part;
  }
  return length;
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
  REAL(ssize_t, "send", int, const void *, size_t, int);
  struct open_fd *entry = of(fd, SOCKET);
  struct iovec part = {(void *)bytes, length};
  if (entry) answered(entry, &part, 1);
  return real(fd, bytes, length, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(ssize_t, "sendmsg", int, const struct msghdr *, int);
  struct open_fd *entry = of(fd, SOCKET);
  if (entry) answered(entry, message->msg_iov, (int)message->msg_iovlen);
  return real(fd, message, flags);
}
