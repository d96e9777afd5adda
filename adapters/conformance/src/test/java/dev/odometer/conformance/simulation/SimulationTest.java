package dev.odometer.conformance.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Ingest, schedules and deliveries under faults of the database, the network, the clocks and the processes. What is
 * acknowledged is counted exactly once, a notification is raised once and delivered at least once, and after the faults
 * nothing waits.
 *
 * <p>The seeds of a build are new. A failure names its seed: {@code -Dsimulation.seed=…} repeats the run. {@code
 * -Dsimulation.seconds=600} searches longer.
 */
class SimulationTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("simulation.seconds", 10));
    private static final int MIN_RUNS = 200;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.odometer");
    private static final @Nullable Level LEVEL = LOG.getLevel();

    /** Production code logs each simulated fault. */
    @BeforeAll
    static void silenceLog() {
        assertThat(SimulatedApp.DOCUMENTS).isNotNull();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void restoreLog() {
        LOG.setLevel(LEVEL);
    }

    private static void check(Plan plan) {
        assertThat(Simulation.violation(plan))
                .as("%s; repeat it with -Dsimulation.seed=%d", plan, plan.seed())
                .isEmpty();
    }

    @Test
    void holdsForNewSeeds() {
        Long given = Long.getLong("simulation.seed");
        if (given != null) {
            check(Plan.of(given));
            return;
        }
        long seed = System.nanoTime();
        long end = seed + TIME.toNanos();
        int runs = 0;
        while (runs < MIN_RUNS || System.nanoTime() < end) {
            check(Plan.of(seed + runs));
            runs++;
        }
        System.out.printf("%d simulated runs from seed %d%n", runs, seed);
    }

    /** Seeds that found faults, of the code, of mutations of it or of the simulation. */
    @ParameterizedTest
    @ValueSource(
            longs = {17_516_478_412_991L, 18_850_241_662_420L, 38_273_075_372_000L, 1_000, 1_001, 1_007, 1_028, 1_232})
    void holdsForSeedsThatFoundFaults(long seed) {
        check(Plan.of(seed));
    }

    /** One kind of fault at a time, frequently. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void holdsForEachKindOfFault(Fault fault) {
        for (int seed = 1; seed <= 20; seed++) {
            check(Plan.of(seed, fault));
        }
    }

    /** Found by a run: a process in 1970 made all retries due at once, so that they were given up within minutes. */
    @Test
    void aProcessWithAWrongClockDoesNotExhaustTheAttemptsOfADelivery() {
        for (int seed = 1; seed <= 40; seed++) {
            check(new Plan(seed, Map.of(Fault.WRONG_CLOCK, 100, Fault.RECEIVER_DOWN, 100)));
        }
    }

    @Test
    void aRunFollowsFromItsSeed() {
        assertThat(Simulation.trace(Plan.of(7))).isEqualTo(Simulation.trace(Plan.of(7)));
    }
}
