package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.Lease;
import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.Step;
import dev.odometer.metering.imports.UsageImport;
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
    private static final int MIN_LINES = 1000;

    private final Imports imports;
    private final ImportSettings settings;
    private final Clock clock;
    private final String holder;
    private final ImportLog log = new ImportLog();
    private UsageImport current;
    private long lines;
    private long rejected;
    private long since = System.nanoTime();

    /** @param holder who has taken the import */
    ImportRun(Imports imports, ImportSource source, String holder, UsageImport taken) {
        this.imports = imports;
        this.settings = source.settings();
        this.clock = source.clock();
        this.holder = holder;
        this.current = taken;
        this.lines = taken.progress().lines();
        this.rejected = taken.progress().rejected();
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
        if (current.ended()) {
            return;
        }
        try (var lanes = new CommitPipeline(current, this::advance);
                var ahead = new ReadAhead(opening)) {
            try {
                count(lanes, ahead, deadline);
            } catch (Refusal refusal) {
                current = lanes.finish();
                if (refusal.kind() == RefusalKind.UNAVAILABLE || refusal.kind() == RefusalKind.CONFLICT) {
                    throw refusal;
                }
                fail(refusal.sentence());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the import was interrupted", stopped);
        }
    }

    private void count(CommitPipeline lanes, ReadAhead ahead, Deadline deadline) throws InterruptedException {
        boolean isFirst = true;
        boolean hasEnded = false;
        while (!hasEnded) {
            // One at least, or an import would never go on where the time is always short.
            if (!isFirst && !deadline.leaves(MARGIN)) {
                throw Refusal.unavailable("the import goes on when it is called again");
            }
            Optional<Batch> batch = ahead.next(LEASE.dividedBy(3));
            if (batch.isPresent()) {
                isFirst = false;
                hasEnded = count(batch.get(), lanes);
            } else {
                // A slow store, or a long way to where the import was: others must not take it for dead.
                current = lanes.finish();
                advance(Step.nothing(current.progress(), worked()));
            }
        }
        current = lanes.finish();
    }

    /** Whether it is the last one, by itself or because it must not be counted. */
    private boolean count(Batch batch, CommitPipeline lanes) {
        lines += batch.events().size() + batch.rejected().size();
        rejected += batch.rejected().size();
        boolean isJudged = lines >= MIN_LINES || batch.isLast();
        if (!isJudged || !isTooMany()) {
            log.progress(lanes.count(batch.step(worked())));
            return batch.isLast();
        }
        Progress before = lanes.finish().progress();
        lanes.count(batch.failing(
                worked(),
                rejected + " of the first " + lines + " lines are rejected, more than a share of "
                        + settings.mostRejected().toPlainString() + "; " + (before.counted() + before.repeated())
                        + " lines before were counted, and stay counted"));
        return true;
    }

    private boolean isTooMany() {
        return BigDecimal.valueOf(rejected).compareTo(settings.mostRejected().multiply(BigDecimal.valueOf(lines))) > 0;
    }

    private Duration worked() {
        long now = System.nanoTime();
        var worked = Duration.ofNanos(now - since);
        since = now;
        return worked;
    }

    private UsageImport advance(Step step, Runnable turn) {
        return imports.advance(current.id(), lease(holder, clock), step, turn);
    }

    private void advance(Step step) {
        current = imports.advance(current.id(), lease(holder, clock), step);
    }

    private void fail(String reason) {
        advance(Step.failing(current.progress(), reason));
    }

    /** Writes down what was rejected, and ends the import. */
    UsageImport finish(RejectedFile file) {
        if (current.progress().rejected() > 0) {
            try {
                file.write(current);
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
