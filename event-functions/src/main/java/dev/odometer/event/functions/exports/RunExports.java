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
 * Writes the exports that are pending, a file for each meter, and keeps how far it is after each file. What there is no
 * time for is left to the next call.
 */
public final class RunExports implements Consumer<Timed<Tick>> {

    /** A file that cannot be written in so many calls is too long for one, or breaks whatever tries it. */
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
                    "a file could not be written in " + MAX_ATTEMPTS + " attempts; ask for a shorter period",
                    clock.instant()));
            return;
        }
        // Before the work, so that it counts even if the process dies of it.
        Export attempt = export.attempted();
        exports.replace(attempt);
        try {
            exports.replace(written(attempt, deadline).done(clock.instant()));
        } catch (Refusal no) {
            refused(export, deadline, no);
        }
    }

    private Export written(Export begun, Deadline deadline) {
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
        List<String> asked = export.request().meters();
        if (asked.isEmpty()) {
            return meters.list(false).stream()
                    .sorted(Comparator.comparing(Meter::slug))
                    .toList();
        }
        return asked.stream()
                .map(slug -> meters.find(slug).orElseThrow(() -> Refusal.notFound("meter not found: " + slug)))
                .toList();
    }

    /** A store that is away for a while is no attempt; one that says no will say so again. */
    private void refused(Export begun, Deadline deadline, Refusal no) {
        Export export = exports.find(begun.id()).orElse(begun);
        if (no.kind() != RefusalKind.UNAVAILABLE) {
            exports.replace(export.failed(no.sentence(), clock.instant()));
            return;
        }
        if (UsageFiles.hasTime(deadline)) {
            exports.replace(export.withAttempts(Math.max(0, export.attempts() - 1)));
        }
        throw no;
    }
}
