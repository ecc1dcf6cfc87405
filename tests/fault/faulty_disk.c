/* A disk that fails, or a machine that stops, at one chosen call: preloaded into the processes of tests/fault/faults.py.

   From `fault_begin` on, the calls that change a file under `folder` are counted, of all threads and forks together. At
   call number `at` the process is killed (error 0), with every process of its group where `all` is set, or that call
   fails with this errno, and where `all` is set every later one too. EAGAIN is the answer to a lock that somebody else
   holds: there, requests for locks are counted. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

static struct {
    char folder[4096];
    long at;
    int error, all;
    atomic_long calls;
} *fault;

__attribute__((constructor)) static void share(void) {
    fault = mmap(NULL, sizeof *fault, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void fault_begin(const char *folder, long at, int error, int all) {
    fault->folder[0] = 0;
    fault->at = at, fault->error = error, fault->all = all, fault->calls = 0;
    snprintf(fault->folder, sizeof fault->folder, "%s", folder);
}

long fault_calls(void) { return fault->calls; }

/* Whether the call that is about to change this path is to fail. */
static int fails(const char *path) {
    if (!fault->folder[0] || strncmp(path, fault->folder, strlen(fault->folder))) return 0;
    long number = atomic_fetch_add(&fault->calls, 1) + 1;
    if (!fault->at || number < fault->at || (number > fault->at && !(fault->error && fault->all))) return 0;
    if (!fault->error) kill(fault->all ? 0 : getpid(), SIGKILL);
    errno = fault->error;
    return 1;
}

static int fails_at(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return fails(path);
}

static int write_fails(int file) { return fault->error != EAGAIN && fails_at(file); }

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
    return fault->error != EAGAIN && fails(from) ? -1 : REAL(rename)(from, to);
}
int unlink(const char *path) { return fault->error != EAGAIN && fails(path) ? -1 : REAL(unlink)(path); }

#define LOCKING(name)                                                                          \
    int name(int file, int command, ...) {                                                     \
        va_list rest;                                                                          \
        va_start(rest, command);                                                               \
        void *argument = va_arg(rest, void *);                                                 \
        va_end(rest);                                                                          \
        int locks = command == F_SETLK && ((struct flock *)argument)->l_type != F_UNLCK;       \
        if (fault->error == EAGAIN && locks && fails_at(file)) return -1;                      \
        return REAL(name)(file, command, argument);                                            \
    }
LOCKING(fcntl)
LOCKING(fcntl64)
