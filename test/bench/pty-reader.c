/* The least that a reader of a terminal can do: runs a program in one, reads what it prints, and throws it away.
 * pty-reader PROGRAM [ARG...] prints the bytes and the milliseconds it took. Build: cc -O2 pty-reader.c -lutil */
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
	static char buffer[65536];
	struct winsize size = {.ws_row = 50, .ws_col = 200};
	int terminal;
	long long bytes = 0;
	double started = now_ms();
	pid_t child;
	if (argc < 2) return 2;
	child = forkpty(&terminal, NULL, NULL, &size);
	if (child < 0) return 1;
	if (child == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	for (;;) {
		ssize_t got = read(terminal, buffer, sizeof buffer);
		if (got <= 0) break;
		bytes += got;
	}
	waitpid(child, NULL, 0);
	printf("%lld %.3f\n", bytes, now_ms() - started);
	return 0;
}
