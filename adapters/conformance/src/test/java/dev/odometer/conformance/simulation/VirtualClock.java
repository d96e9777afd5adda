package dev.odometer.conformance.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock of the simulated world, which may be wrong. */
final class VirtualClock extends Clock {

    private static final long[] JUMPS = {120, 10 * 365 * 86_400L, -World.START.getEpochSecond()};

    private final World world;
    private long aheadSeconds;

    VirtualClock(World world) {
        this.world = world;
    }

    void jump() {
        aheadSeconds = JUMPS[world.random.nextInt(JUMPS.length)];
    }

    void correct() {
        aheadSeconds = 0;
    }

    @Override
    public Instant instant() {
        return world.now().plusSeconds(aheadSeconds);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
