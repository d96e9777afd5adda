package dev.odometer.metering.pricing;

import static dev.odometer.metering.pricing.PlanExamples.NOW;
import static dev.odometer.metering.pricing.PlanExamples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of the contract of {@link Plans} on concurrent changes; one subclass per store. */
public abstract class PlanRacesContract {

    private static final int THREADS = 8;

    private Plans plans = new InMemoryPlans();

    protected abstract Plans empty();

    @BeforeEach
    void startEmpty() {
        plans = empty();
    }

    private List<String> listed(Instant at, Plan.Status status) {
        var search = new PlanSearch(
                Set.of(),
                Set.of("pro"),
                Map.of(),
                Set.of(status),
                Set.of(),
                false,
                at,
                PlanSearch.Order.ID,
                false,
                new PageRequest(1, 100));
        return plans.list(search).items().stream().map(Plan::id).toList();
    }

    @Test
    void storesOneOfTheDraftsThatAreAddedInParallel() throws Exception {
        List<Boolean> added = inParallel(i -> () -> plans.add(draft("p" + i, "pro")));

        assertThat(added).containsOnlyOnce(true);
        assertThat(listed(NOW, Plan.Status.DRAFT)).hasSize(1);
    }

    @Test
    void leavesOneActiveVersionAfterParallelPublications() throws Exception {
        // A thread waits until the draft of another one is published.
        List<Boolean> published = inParallel(i -> () -> {
            Plan draft = retried(() -> plans.add(draft("p" + i, "pro")));
            return plans.publish(draft, NOW.plusSeconds(draft.version()));
        });

        Instant end = NOW.plusSeconds(100);
        assertThat(published).containsOnly(true).hasSize(THREADS);
        assertThat(listed(end, Plan.Status.ACTIVE)).hasSize(1);
        assertThat(listed(end, Plan.Status.ARCHIVED)).hasSize(THREADS - 1);
        assertThat(plans.findByKey("pro", new Plans.Choice.Active(end)).map(Plan::version))
                .contains(THREADS);
    }

    @Test
    void publishesADraftOnceInParallel() throws Exception {
        plans.publish(plans.add(draft("p1", "pro")), NOW);
        Plan draft = plans.add(draft("p2", "pro"));

        List<Boolean> published = inParallel(i -> () -> plans.publish(draft, NOW.plusSeconds(i)));

        assertThat(published).containsOnlyOnce(true);
        assertThat(listed(NOW.plusSeconds(THREADS), Plan.Status.ACTIVE)).containsExactly("p2");
    }

    private static Plan retried(Supplier<Plan> call) {
        while (true) {
            try {
                return call.get();
            } catch (Refusal otherDraft) {
                Thread.onSpinWait();
            }
        }
    }

    /** Whether each of the concurrent calls succeeded; a refusal is a failure, and any other exception is thrown. */
    private static List<Boolean> inParallel(IntFunction<Callable<Plan>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            var start = new CyclicBarrier(THREADS);
            var futures = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < THREADS; i++) {
                Callable<Plan> call = calls.apply(i);
                futures.add(threads.submit(() -> {
                    start.await();
                    return isAccepted(call);
                }));
            }
            var results = new ArrayList<Boolean>();
            for (Future<Boolean> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isAccepted(Callable<Plan> call) throws Exception {
        try {
            call.call();
            return true;
        } catch (Refusal refused) {
            return false;
        }
    }
}
