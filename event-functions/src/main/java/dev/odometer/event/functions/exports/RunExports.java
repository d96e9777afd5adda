package dev.odometer.event.functions.exports;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the pending exports, one file per meter, and saves the progress after each file. When the time runs out, the
 * next call continues.
 */
public final class RunExports implements Consumer<Timed<Tick>> {

    /** A file that fails this often is too large for one call, or always fails. */
    private static final int MAX_ATTEMPTS = 5;

    private final Exports exports;
    private final Meters meters;
    private final UsageFiles files;
    private final Clock clock;

    public RunExports(Exports exports, Meters meters, UsageFiles files, Clock clock) {
        this.exports = exports;
        this.meters = meters;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public void accept(Timed<Tick> tick) {
        Deadline deadline = tick.deadline();
        for (Optional<Export> next = exports.nextPending(); next.isPresent(); next = exports.nextPending()) {
            UsageFiles.checkTime(deadline);
            run(next.get(), deadline);
        }
    }

    private void run(Export export, Deadline deadline) {
        if (export.attempts() >= MAX_ATTEMPTS) {
            exports.replace(export.failed(
                    "a file could not be written in " + MAX_ATTEMPTS + " attempts; request a shorter period",
                    clock.instant()));
            return;
        }
        // Saved before the work, so that the attempt counts even if the process crashes.
        Export attempt = export.attempted();
        exports.replace(attempt);
        try {
            exports.replace(writeFiles(attempt, deadline).done(clock.instant()));
        } catch (Refusal refusal) {
            handle(refusal, export, deadline);
        }
    }

    private Export writeFiles(Export begun, Deadline deadline) {
        Export export = begun;
        for (Meter meter : meters(begun)) {
            if (!export.has(meter.slug())) {
                UsageFiles.checkTime(deadline);
                export = export.with(files.write(export.request(), meter, deadline));
                exports.replace(export);
            }
        }
        return export;
    }

    private List<Meter> meters(Export export) {
        List<String> slugs = export.request().meters();
        if (slugs.isEmpty()) {
            return meters.list(false).stream()
                    .sorted(Comparator.comparing(Meter::slug))
                    .toList();
        }
        return slugs.stream()
                .map(slug -> meters.find(slug).orElseThrow(() -> Refusal.notFound("meter not found: " + slug)))
                .toList();
    }

    /** An unavailable store does not count as an attempt; any other refusal is permanent. */
    private void handle(Refusal refusal, Export begun, Deadline deadline) {
        Export export = exports.find(begun.id()).orElse(begun);
        if (refusal.kind() != RefusalKind.UNAVAILABLE) {
            exports.replace(export.failed(refusal.detail(), clock.instant()));
            return;
        }
        if (UsageFiles.hasTime(deadline)) {
            exports.replace(export.withAttempts(Math.max(0, export.attempts() - 1)));
        }
        throw refusal;
    }
}
