#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE 1000 /* ms that it may take to end */

/* In the new process, where only what is safe in a signal handler may be called. */
static _Noreturn void become(int socket, char *const *command)
{
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    if (dup2(socket, STDIN_FILENO) >= 0 && dup2(socket, STDOUT_FILENO) >= 0)
        execvp(command[0], command);
    _exit(127);
}

bool child_start(struct child *child, char *const *command, struct error *error)
{
    int ends[2];
    *child = (struct child){.socket = -1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return error_set(error, "cannot make a socket: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0)
        become(ends[1], command);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set(error, "cannot start a process: %s", strerror(errno));
    }
    *child = (struct child){.pid = pid, .socket = ends[0]};
    return true;
}

static void describe(int status, char *how, size_t size)
{
    if (WIFSIGNALED(status))
        snprintf(how, size, "was killed by signal %d", WTERMSIG(status));
    else
        snprintf(how, size, "ended with status %d", WEXITSTATUS(status));
}

/* Until the other end is closed, which its end does. */
static void wait_for_end(int socket)
{
    struct pollfd wanted = {.fd = socket, .events = POLLIN};
    char bytes[4096];
    while (poll(&wanted, 1, PATIENCE) > 0)
        if (read(socket, bytes, sizeof bytes) <= 0)
            return;
}

void child_end(struct child *child, char *how, size_t size)
{
    int status = 0;
    if (child->pid == 0)
        return;
    shutdown(child->socket, SHUT_WR);
    wait_for_end(child->socket);
    close(child->socket);
    kill(child->pid, SIGKILL); /* no matter to one that has ended */
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    describe(status, how, size);
    *child = (struct child){.socket = -1};
}
