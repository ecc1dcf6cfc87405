/* A disk that fails, or a machine that stops, at one chosen call: preloaded into the processes of tests/fault/trials.py.

   From `fault_begin` on, the calls that change a file under `folder` are counted, of all threads together. At call
   number `at` the process is killed (error 0), or that call fails with this errno, and where `lasting` is set every
   later one too. EAGAIN is the answer to a lock that somebody else holds: there, requests for locks are counted. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[4096];
static long fail_at;
static int error_number, is_lasting;
static atomic_long calls;

void fault_begin(const char *path, long at, int error, int lasting) {
    fail_at = at, error_number = error, is_lasting = lasting, calls = 0;
    snprintf(folder, sizeof folder, "%s", path);
}

long fault_calls(void) { return calls; }

/* Whether the call that is about to change this path is to fail. */
static int fails(const char *path) {
    if (!folder[0] || strncmp(path, folder, strlen(folder))) return 0;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (!fail_at || number < fail_at || (number > fail_at && !is_lasting)) return 0;
    if (!error_number) kill(getpid(), SIGKILL);
    errno = error_number;
    return 1;
}

static int fails_at(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return fails(path);
}

static int write_fails(int file) { return error_number != EAGAIN && fails_at(file); }

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count) {
    return write_fails(file) ? -1 : REAL(write)(file, bytes, count);
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    return write_fails(file) ? -1 : REAL(writev)(file, parts, count);
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    return write_fails(file) ? -1 : REAL(pwrite64)(file, bytes, count, at);
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return write_fails(file) ? -1 : REAL(pwrite)(file, bytes, count, at);
}
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
    return write_fails(fileno(file)) ? 0 : REAL(fwrite)(bytes, size, count, file);
}
int ftruncate64(int file, off64_t length) { return write_fails(file) ? -1 : REAL(ftruncate64)(file, length); }
int fsync(int file) { return write_fails(file) ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return write_fails(file) ? -1 : REAL(fdatasync)(file); }
int rename(const char *from, const char *to) {
    return error_number != EAGAIN && fails(from) ? -1 : REAL(rename)(from, to);
}
int unlink(const char *path) { return error_number != EAGAIN && fails(path) ? -1 : REAL(unlink)(path); }

#define LOCKING(name)                                                                          \
    int name(int file, int command, ...) {                                                     \
        va_list rest;                                                                          \
        va_start(rest, command);                                                               \
        void *argument = va_arg(rest, void *);                                                 \
        va_end(rest);                                                                          \
        int locks = command == F_SETLK && ((struct flock *)argument)->l_type != F_UNLCK;       \
        if (error_number == EAGAIN && locks && fails_at(file)) return -1;                      \
        return REAL(name)(file, command, argument);                                            \
    }
LOCKING(fcntl)
LOCKING(fcntl64)
