package dev.odometer.conformance.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads of a process: each task is a step of its own. After a shutdown no further task starts. */
final class VirtualThreads extends AbstractExecutorService {

    private final World world;
    private final Node node;
    private boolean isShutdown;

    VirtualThreads(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    @Override
    public void execute(Runnable task) {
        world.after(Duration.ofMillis(1), () -> {
            if (!isShutdown) {
                node.run(() -> {
                    task.run();
                    return true;
                });
            }
        });
    }

    @Override
    public void shutdown() {
        isShutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        isShutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return isShutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown;
    }
}
