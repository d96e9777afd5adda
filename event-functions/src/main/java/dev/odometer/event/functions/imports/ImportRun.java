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

/** The work of one call on one import, from its current position to its end or until the time runs out. */
final class ImportRun {

    /** How long another run waits for one that has crashed. A run that lost its lease cannot count anything. */
    static final Duration LEASE = Duration.ofSeconds(20);

    /** The longest time that a batch may need. */
    private static final Duration MAX_BATCH_TIME = Duration.ofSeconds(5);
    /**
     * The rejected share is checked only from this number of lines on, or at the end of the file, because a few lines
     * are not representative.
     */
    private static final int MIN_LINES = 1000;

    private final Imports imports;
    private final ImportSettings settings;
    private final Clock clock;
    private final String holder;
    private final ImportLog log = new ImportLog();
    private UsageImport current;
    private long lines;
    private long rejected;
    private long lastStep = System.nanoTime();

    /** @param holder the holder of the import's lease */
    ImportRun(Imports imports, ImportSource source, String holder, UsageImport taken) {
        this.imports = imports;
        this.settings = source.settings();
        this.clock = source.clock();
        this.holder = holder;
        this.current = taken;
        this.lines = taken.progress().lines();
        this.rejected = taken.progress().rejected();
    }

    /** A lease that starts now. */
    static Lease lease(String holder, Clock clock) {
        Instant now = clock.instant();
        return new Lease(holder, now, now.plus(LEASE));
    }

    /**
     * Counts batches until the import has ended.
     *
     * @throws Refusal UNAVAILABLE when the time runs out or the file cannot be read now
     */
    void count(Supplier<Batches> opening, Deadline deadline) {
        if (current.ended()) {
            return;
        }
        try (var pipeline = new CommitPipeline(current, this::advance);
                var ahead = new ReadAhead(opening)) {
            try {
                count(pipeline, ahead, deadline);
            } catch (Refusal refusal) {
                current = pipeline.finish();
                if (refusal.kind() == RefusalKind.UNAVAILABLE || refusal.kind() == RefusalKind.CONFLICT) {
                    throw refusal;
                }
                fail(refusal.detail());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the import was interrupted", stopped);
        }
    }

    private void count(CommitPipeline pipeline, ReadAhead ahead, Deadline deadline) throws InterruptedException {
        boolean isFirst = true;
        boolean hasEnded = false;
        while (!hasEnded) {
            // At least one batch per call, or an import would never progress where calls are always short.
            if (!isFirst && !deadline.hasAtLeast(MAX_BATCH_TIME)) {
                throw Refusal.unavailable("the time budget is used up; the next call continues the import");
            }
            Optional<Batch> batch = ahead.next(LEASE.dividedBy(3));
            if (batch.isPresent()) {
                isFirst = false;
                hasEnded = count(batch.get(), pipeline);
            } else {
                // The store is slow, or resuming skips far: renew the lease so that no other run takes the import.
                current = pipeline.finish();
                advance(Step.nothing(current.progress(), timeSinceLastStep()));
            }
        }
        current = pipeline.finish();
    }

    /** Counts a batch, or fails the import when too many lines are rejected; returns whether the import ends here. */
    private boolean count(Batch batch, CommitPipeline pipeline) {
        lines += batch.events().size() + batch.rejected().size();
        rejected += batch.rejected().size();
        boolean isRepresentative = lines >= MIN_LINES || batch.isLast();
        if (!isRepresentative || !exceedsRejectedShare()) {
            log.progress(pipeline.count(batch.step(timeSinceLastStep())));
            return batch.isLast();
        }
        Progress before = pipeline.finish().progress();
        pipeline.count(batch.failing(
                timeSinceLastStep(),
                rejected + " of the first " + lines + " lines are rejected, more than the allowed share of "
                        + settings.maxRejectedShare().toPlainString() + "; " + (before.counted() + before.repeated())
                        + " lines before them were counted and stay counted"));
        return true;
    }

    private boolean exceedsRejectedShare() {
        return BigDecimal.valueOf(rejected)
                        .compareTo(settings.maxRejectedShare().multiply(BigDecimal.valueOf(lines)))
                > 0;
    }

    private Duration timeSinceLastStep() {
        long now = System.nanoTime();
        var timeSinceLastStep = Duration.ofNanos(now - lastStep);
        lastStep = now;
        return timeSinceLastStep;
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

    /** Writes the file of rejected lines, if there are any, and ends the import. */
    UsageImport finish(RejectedFile file) {
        if (current.progress().rejected() > 0) {
            try {
                file.write(current);
            } catch (Refusal refusal) {
                if (refusal.kind() == RefusalKind.UNAVAILABLE) {
                    throw refusal;
                }
                fail("the file of rejected lines could not be written: " + refusal.detail());
            }
        }
        UsageImport finished = imports.finish(current.id(), lease(holder, clock));
        log.finished(finished);
        return finished;
    }
}
