#!/bin/sh
# Leaves a process behind in the way its first argument names, writes that one's pid to its second, and waits.
case "$1" in
	plain) sleep 300 & ;;
	nohup) nohup sleep 300 >/dev/null 2>&1 & ;;
	setsid) setsid sleep 300 & ;;
	double) (setsid sh -c 'sleep 300 & echo $! >"$1"; exit 0' sh "$2" &) ;;
	bare) env -i setsid sleep 300 & ;;
	hidden) (cd / && env -i setsid sleep 300 >/dev/null 2>&1 & echo $! >"$2") ;;
	deaf) setsid sh -c 'trap "" TERM INT HUP; while :; do sleep 0.1; done' & ;;
esac
case "$1" in double | hidden) ;; *) echo $! >"$2" ;; esac
while :; do sleep 0.05; done
