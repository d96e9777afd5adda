package dev.odometer.conformance.simulation;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The receiver of the notifications, and the way to it. */
final class Receiver {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final World world;
    /** The ids of the notifications that arrived. */
    final Set<String> received = new HashSet<>();

    Receiver(World world) {
        this.world = world;
    }

    Courier courier(Node node) {
        return new Courier() {

            @Override
            public boolean supports(Target target) {
                return true;
            }

            @Override
            public Outcome deliver(OutboundMessage outbound) {
                boolean succeeded = send(outbound.notification().id());
                node.requireAlive();
                int status = succeeded ? 200 : 500;
                return Outcome.retry(
                        new Attempt(succeeded, outbound.at(), status, "", Duration.ofMillis(1), "http://receiver"));
            }
        };
    }

    /** Returns whether the sender learns that the notification arrived. */
    private boolean send(String id) {
        world.pass(world.millis(1, 50));
        if (world.happens(Fault.RECEIVER_DOWN)) {
            world.pass(world.random.nextBoolean() ? TIMEOUT : Duration.ZERO);
            return false;
        }
        boolean isLost = world.happens(Fault.LOST_PACKET);
        if (!isLost || world.random.nextBoolean()) {
            received.add(id);
        }
        world.pass(isLost ? TIMEOUT : world.millis(1, 50));
        return !isLost;
    }
}
