package main

import (
	"context"
	"log/slog"
	"os"
	"time"
)

// lookAfterParent is how long a server outlives its parent at most, about.
const lookAfterParent = 2 * time.Second

// withParent returns a context that ends when the process that started this one is gone. The end of stdin does not
// always tell: another process that the host started may have inherited the other end of the pipe, and hold it open for
// as long as it lives.
func withParent(ctx context.Context, logger *slog.Logger) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if !watchable(os.Getpid(), os.Getppid()) {
		return ctx, cancel
	}
	parent, err := openParent()
	if err != nil { // it is gone already, or may not be watched: stdin is left to tell
		logger.Debug("the parent process cannot be watched", slog.Any("error", err))
		return ctx, cancel
	}
	go func() {
		defer parent.close()
		ticks := time.NewTicker(lookAfterParent)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				if parent.gone() {
					logger.Info("the parent process is gone")
					cancel()
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, cancel
}

// watchable tells whether a parent's end means anything. The first process of a system or a container starts what is to
// outlive everything else, and adopts what others left; where a container's engine is the parent, it is outside and has
// the number 0.
func watchable(pid, parent int) bool { return pid > 1 && parent > 1 }
