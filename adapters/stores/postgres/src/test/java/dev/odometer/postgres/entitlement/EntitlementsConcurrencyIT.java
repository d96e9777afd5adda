package dev.odometer.postgres.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.rollup.Pace;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Concurrent changes have the same result as the same changes in sequence, and reads never see a partial change. */
class EntitlementsConcurrencyIT {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Feature TOKENS = Examples.feature("tokens", Examples.meter(Aggregation.SUM), Map.of());
    private static final int WRITERS = 8;
    private static final int ROUNDS = 30;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final AtomicInteger number = new AtomicInteger();
    private EntitlementStores house = EntitlementStores.inMemory();

    @BeforeEach
    void startEmpty() {
        house = TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC(), new Pace(3, 40, 100, 10)));
        addPrerequisites(house);
    }

    private static void addPrerequisites(EntitlementStores house) {
        house.meters().add(Examples.meter(Aggregation.SUM));
        house.customers().add(Examples.customer("acme"));
        house.features().add(TOKENS);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void concurrently(Consumer<Random> turn) throws Exception {
        List<Future<?>> turns = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            var random = new Random(i);
            turns.add(threads.submit(() -> IntStream.range(0, ROUNDS).forEach(round -> turn.accept(random))));
        }
        for (Future<?> one : turns) {
            one.get();
        }
    }

    private static Entitlement tokens(String id, Terms terms) {
        return Examples.entitlement(id, Examples.customer("acme"), TOKENS, terms);
    }

    @Test
    void hasTheResultOfASerialOrder() throws Exception {
        Queue<Change> done = new ConcurrentLinkedQueue<>();
        house.entitlements().add(tokens("e", Examples.monthly("100")));

        concurrently(random -> {
            Change change = change(random);
            try {
                change.change().accept(house);
                done.add(change);
            } catch (Refusal refused) {
                assertThat(refused.detail())
                        .containsAnyOf("already voided", "effectiveAt must not be before", "not found");
            }
            assertConsistent(status(house, START.plusSeconds(random.nextInt(40 * 86_400))));
        });

        EntitlementStores serial = EntitlementStores.inMemory();
        addPrerequisites(serial);
        serial.entitlements().add(tokens("e", Examples.monthly("100")));
        replay(done, serial);
        for (int day = 0; day < 40; day++) {
            Instant time = START.plusSeconds(day * 86_400L + 3600);
            assertThat(status(house, time)).isEqualTo(status(serial, time));
        }
    }

    /**
     * A change by one writer.
     *
     * @param resetAt the time of a reset, by which resets are ordered; other changes are independent of each other
     */
    private record Change(Instant resetAt, Consumer<EntitlementStores> change) {

        static Change inAnyOrder(Consumer<EntitlementStores> change) {
            return new Change(Instant.MAX, change);
        }
    }

    /**
     * Replays resets in the order of their times, which is the order in which they were accepted: a reset before an
     * existing one is refused.
     */
    private static void replay(Queue<Change> done, EntitlementStores serial) {
        var waiting = new ArrayList<>(done);
        waiting.sort(Comparator.comparing(Change::resetAt));
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            waiting.removeIf(one -> {
                try {
                    one.change().accept(serial);
                    return true;
                } catch (Refusal early) {
                    return false;
                }
            });
            assertThat(waiting).hasSizeLessThan(before);
        }
    }

    private Change change(Random random) {
        int next = number.incrementAndGet();
        Instant at = START.plusSeconds(random.nextInt(30 * 86_400));
        return switch (random.nextInt(8)) {
            case 0 -> {
                Grant grant = Examples.grant("g" + next, "e", "10.5", at.toString());
                yield Change.inAnyOrder(where -> where.entitlements().grant(grant));
            }
            case 1 -> {
                String grant = "g" + random.nextInt(next);
                yield Change.inAnyOrder(where -> where.entitlements().voidGrant(grant, at));
            }
            case 2 -> {
                // Each reset has a minute of its own and is mostly later than the previous ones, so that some are
                // refused and the order is known.
                Instant reset = START.plusSeconds(60L * (next * 100 + random.nextInt(100)));
                yield new Change(
                        reset, where -> where.entitlements().reset("e", new Reset(reset, reset, next % 2 == 0)));
            }
            default -> {
                var event = Examples.prompt("p" + next, "acme", at.toString(), random.nextInt(9) == 0 ? "-3" : "4.5");
                yield Change.inAnyOrder(where -> where.usage().append(List.of(event)));
            }
        };
    }

    private static EntitlementStatus status(EntitlementStores where, Instant time) {
        return where.entitlements()
                .statuses("acme", "tokens", time)
                .orElseThrow()
                .get(0);
    }

    private static void assertConsistent(EntitlementStatus status) {
        Balance balance = Objects.requireNonNull(status.balance());
        assertThat(balance.remaining().add(balance.usage()).subtract(balance.overage()))
                .isEqualByComparingTo(balance.granted());
        assertThat(status.hasAccess()).isEqualTo(balance.remaining().signum() > 0);
        assertThat(balance.remaining().signum() * balance.overage().signum()).isZero();
    }

    @Test
    void keepsAtMostOneLiveEntitlement() throws Exception {
        var added = new AtomicInteger();
        var deleted = new AtomicInteger();

        concurrently(random -> {
            String id = "e" + number.incrementAndGet();
            try {
                house.entitlements().add(tokens(id, new Terms.BooleanAccess(null)));
                added.incrementAndGet();
            } catch (Refusal taken) {
                try {
                    house.entitlements().delete(Objects.requireNonNull(taken.conflictingId()), START);
                    deleted.incrementAndGet();
                } catch (Refusal gone) {
                    assertThat(gone.detail()).contains("not found");
                }
            }
            assertThat(live()).isLessThanOrEqualTo(1);
        });

        assertThat(live()).isEqualTo(added.get() - deleted.get());
        assertThat(deleted.get()).isPositive();
    }

    @Test
    void hasOneLiveEntitlementAtAnyTimeOfOverrides() throws Exception {
        var replaced = new AtomicInteger();
        house.entitlements().add(tokens("e", Examples.monthly("100")));

        concurrently(random -> {
            String id = "e" + number.incrementAndGet();
            Grant grant = Examples.grant("g" + id, id, "1", START.toString());
            Entitlement old =
                    house.entitlements().find("c-acme", "tokens", Instant.now()).orElseThrow();
            try {
                house.entitlements().replace(old.id(), tokens(id, Examples.monthly("100")), List.of(grant));
                replaced.incrementAndGet();
            } catch (Refusal gone) {
                assertThat(gone.detail()).isEqualTo("entitlement not found: " + old.id());
            }
            assertThat(live()).isEqualTo(1);
        });

        assertThat(replaced.get()).isPositive();
        assertThat(count(true)).isEqualTo(1 + replaced.get());
    }

    private long live() {
        return count(false);
    }

    private long count(boolean includeDeleted) {
        return house.entitlements()
                .list(new EntitlementSearch(
                        List.of(),
                        List.of(),
                        List.of(),
                        includeDeleted,
                        null,
                        EntitlementSearch.Order.CREATED_AT,
                        false,
                        new PageRequest(1, 9)))
                .totalCount();
    }
}
