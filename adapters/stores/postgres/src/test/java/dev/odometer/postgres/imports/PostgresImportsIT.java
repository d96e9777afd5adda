package dev.odometer.postgres.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.file.FileName;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.ImportSearch;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.ImportsContract;
import dev.odometer.metering.imports.Lease;
import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.imports.Step;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresImportsIT extends ImportsContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    @Override
    protected Store empty() {
        PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC());
        return new Store(store.imports(), store.usage());
    }

    private static FileVersion version(String key) {
        return new FileVersion(new FileName("inbox", key), "v1", 1000);
    }

    /** A run of the import with a rejected line. */
    private static Lease run(Imports imports, String id, Instant now) {
        var lease = new Lease("run", now, now.plusSeconds(30));
        imports.take(id, version(id), lease);
        var rejected = new RejectedLine(1, "no subject", "{}");
        imports.advance(id, lease, new Step(List.of(), List.of(rejected), 10, 1, 10, Duration.ZERO, false, null));
        return lease;
    }

    private static void complete(Imports imports, String id, Instant now) {
        imports.finish(id, run(imports, id, now));
    }

    @Test
    void removesOldFinishedImportsInBatches() {
        Imports imports = empty().imports();
        complete(imports, "completed", NOW);
        run(imports, "failed", NOW);
        imports.abandon(version("failed").name(), "gone", NOW);
        run(imports, "running", NOW);
        complete(imports, "later", LATER);

        assertThat(imports.removeFinished(LATER, 1)).isEqualTo(1);
        assertThat(imports.removeFinished(LATER, 10)).isEqualTo(1);
        assertThat(imports.removeFinished(LATER, 10)).isZero();

        assertThat(imports.list(new ImportSearch(null, new PageRequest(1, 10))).items())
                .extracting(UsageImport::id)
                .containsExactly("later", "running");
        complete(imports, "completed", LATER);
        assertThat(imports.find("completed")).isPresent();
    }
}
