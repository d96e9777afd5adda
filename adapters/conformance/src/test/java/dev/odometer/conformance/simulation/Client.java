package dev.odometer.conformance.simulation;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** A client over HTTP: it sends each batch again until a 204 arrives, then the next one. */
final class Client {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final World world;
    private final Store store;
    private final Supplier<Node> anyNode;
    private final Deque<List<UsageEvent>> batches;
    private int attempt;

    Client(World world, Store store, Supplier<Node> anyNode, List<List<UsageEvent>> batches) {
        this.world = world;
        this.store = store;
        this.anyNode = anyNode;
        this.batches = new ArrayDeque<>(batches);
        world.after(world.millis(0, 60_000), this::send);
    }

    /** Whether all batches are acknowledged. */
    boolean isDone() {
        return batches.isEmpty();
    }

    private void send() {
        if (isDone()) {
            return;
        }
        int number = ++attempt;
        List<UsageEvent> batch = batches.element();
        if (!world.happens(Fault.LOST_PACKET)) {
            world.after(world.millis(1, 3_000), () -> arrive(batch, number));
        }
        if (world.happens(Fault.DUPLICATE)) {
            world.after(world.millis(1, 30_000), () -> arrive(batch, number));
        }
        world.after(TIMEOUT, () -> {
            if (number == attempt) {
                send();
            }
        });
    }

    private void arrive(List<UsageEvent> batch, int number) {
        Boolean isAccepted = anyNode.get().run(() -> isAccepted(batch));
        if (Boolean.TRUE.equals(isAccepted)) {
            world.require(
                    batch.stream().allMatch(event -> store.isCounted(event.id())),
                    "an acknowledged batch is not counted: " + batch);
            if (!world.happens(Fault.LOST_PACKET)) {
                world.after(world.millis(1, 3_000), () -> acknowledged(number));
            }
        }
    }

    private static boolean isAccepted(List<UsageEvent> batch) {
        try {
            Node.current().append(batch);
            return true;
        } catch (Refusal unavailable) {
            return false;
        }
    }

    private void acknowledged(int number) {
        if (number == attempt) {
            batches.remove();
            attempt++;
            world.after(world.millis(1, 20_000), this::send);
        }
    }
}
