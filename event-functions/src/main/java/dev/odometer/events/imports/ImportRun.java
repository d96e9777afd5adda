package dev.odometer.events.imports;

import dev.odometer.binding.Deadline;
import dev.odometer.imports.Imports;
import dev.odometer.imports.Lease;
import dev.odometer.imports.Progress;
import dev.odometer.imports.Step;
import dev.odometer.imports.UsageImport;
import dev.odometer.refusal.Refusal;
import dev.odometer.refusal.RefusalKind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** One run's work on one import, from where it is to its end or to the end of the time there is. */
final class ImportRun {

    /** How long the next run waits for one that has died. A run that loses its lease counts nothing any more. */
    static final Duration LEASE = Duration.ofSeconds(20);

    /** What a batch may need at the worst. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** Below it a few lines would decide, but at the end of the file. */
    private static final int LEAST_LINES = 1000;

    private final Imports imports;
    private final ImportSettings settings;
    private final Clock clock;
    private final String holder;
    private final ImportLog log = new ImportLog();
    private UsageImport current;
    private long since = System.nanoTime();

    /** @param holder who has taken the import */
    ImportRun(Imports imports, ImportSource source, String holder, UsageImport taken) {
        this.imports = imports;
        this.settings = source.settings();
        this.clock = source.clock();
        this.holder = holder;
        this.current = taken;
    }

    /** The lease, from now on. */
    static Lease lease(String holder, Clock clock) {
        Instant now = clock.instant();
        return new Lease(holder, now, now.plus(LEASE));
    }

    /**
     * Counts until the import has ended.
     *
     * @throws Refusal UNAVAILABLE when there is more to count than time for it, or nothing can be read now
     */
    void count(Supplier<Batches> opening, Deadline deadline) {
        try (var ahead = new Ahead(opening)) {
            boolean isFirst = true;
            while (!current.ended()) {
                // One at least, or an import would never go on where the time is always short.
                if (!isFirst && !deadline.leaves(MARGIN)) {
                    throw Refusal.unavailable("the import goes on when it is called again, behind line "
                            + current.progress().line());
                }
                Optional<Batch> batch = ahead.next(LEASE.dividedBy(3));
                if (batch.isPresent()) {
                    isFirst = false;
                    count(batch.get());
                } else {
                    // A slow store, or a long way to where the import was: others must not take it for dead.
                    advance(Step.nothing(current.progress(), worked()));
                }
                log.progress(current);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the import was interrupted", stopped);
        } catch (Refusal refusal) {
            if (refusal.kind() == RefusalKind.UNAVAILABLE || refusal.kind() == RefusalKind.CONFLICT) {
                throw refusal;
            }
            fail(refusal.sentence());
        }
    }

    private void count(Batch batch) {
        Progress before = current.progress();
        long lines = before.lines() + batch.events().size() + batch.rejected().size();
        long rejected = before.rejected() + batch.rejected().size();
        boolean isJudged = lines >= LEAST_LINES || batch.isLast();
        if (isJudged && isTooMany(rejected, lines)) {
            advance(batch.failing(
                    worked(),
                    rejected + " of the first " + lines + " lines are rejected, more than a share of "
                            + settings.mostRejected().toPlainString() + "; " + (before.counted() + before.repeated())
                            + " lines before were counted, and stay counted"));
        } else {
            advance(batch.step(worked()));
        }
    }

    private boolean isTooMany(long rejected, long lines) {
        return BigDecimal.valueOf(rejected).compareTo(settings.mostRejected().multiply(BigDecimal.valueOf(lines))) > 0;
    }

    private Duration worked() {
        long now = System.nanoTime();
        var worked = Duration.ofNanos(now - since);
        since = now;
        return worked;
    }

    private void advance(Step step) {
        current = imports.advance(current.id(), lease(holder, clock), step);
    }

    private void fail(String reason) {
        advance(Step.failing(current.progress(), reason));
    }

    /** Writes down what was rejected, and ends the import. */
    UsageImport finish(RejectedFile rejected) {
        if (current.progress().rejected() > 0) {
            try {
                rejected.write(current);
            } catch (Refusal refusal) {
                if (refusal.kind() == RefusalKind.UNAVAILABLE) {
                    throw refusal;
                }
                fail("the file of rejected lines could not be written: " + refusal.sentence());
            }
        }
        UsageImport finished = imports.finish(current.id(), lease(holder, clock));
        log.finished(finished);
        return finished;
    }
}
