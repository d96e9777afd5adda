package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportUsageFileTest extends ImportAssertions {

    @Test
    void reportsWhatItCounted() {
        fixture.imported("a.ndjson", ImportFixture.lines(3));

        UsageImport done =
                fixture.imported("b.ndjson", ImportFixture.lines(5) + "nonsense\n\n" + ImportFixture.lines(5));

        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.progress().lines()).isEqualTo(11);
        assertThat(done.progress().counted()).isEqualTo(2);
        assertThat(done.progress().repeated()).isEqualTo(8);
        assertThat(done.progress().rejected()).isEqualTo(1);
    }

    @Test
    void writesRejectedLinesToAFileNextToTheImportedOne() {
        fixture.setting("most-rejected", "1");

        fixture.imported("a.csv", HEADER + "1" + ROW + "2,acme,yesterday,1,m,true\n\"3\n\"" + ROW + "4" + ROW);

        assertThat(fixture.rejected("a.csv")).isEqualTo("""
                        {"line":3,"reason":"time must be in RFC 3339 format: yesterday","text":"2,acme,yesterday,1,m,true"}
                        {"line":4,"reason":"id must not contain control characters","text":"\\"3\\n\\",acme,2026-01-01T00:00:00Z,1,m,true"}
                        """);
        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactlyInAnyOrder("1", "4");
    }

    @Test
    void ignoresFilesOfRejectedLines() {
        fixture.put("a.csv.rejected.ndjson", ImportFixture.line("x"));

        fixture.arrive("a.csv.rejected.ndjson", Deadline.NONE);

        assertThat(fixture.events()).isEmpty();
        assertThat(fixture.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new folder/",
                "a/b/",
                "_SUCCESS",
                "2026/_SUCCESS",
                "cur/20260101-20260201/report-Manifest.json",
                "cur/Manifest.json",
                "athena/1.csv.metadata",
                ".metadata",
                "part-0.json.crc"
            })
    void ignoresFilesWithoutUsage(String key) {
        fixture.arrive(key, Deadline.NONE);

        assertThat(fixture.all()).isEmpty();
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void ignoresTheFilesOfTheSettingOnly() {
        fixture.setting("ignore", "inbox/drafts/**, **/*.tmp");

        fixture.arrive("drafts/a.csv", Deadline.NONE);
        fixture.arrive("x/y.tmp", Deadline.NONE);
        UsageImport done = fixture.imported("a-Manifest.json", "[" + ImportFixture.line("x") + "]");

        assertThat(fixture.all()).containsExactly(done);
        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactly("x");
    }

    @Test
    void rejectsLinesWithC1ControlCharacters() {
        fixture.setting("most-rejected", "1");

        UsageImport lines = fixture.imported("a.ndjson", ImportFixture.line("a\u0085") + "\n");
        UsageImport rows = fixture.imported("a.csv", HEADER + "b\u009f" + ROW);

        assertThat(lines.progress().rejected()).isEqualTo(1);
        assertThat(rows.progress().rejected()).isEqualTo(1);
        assertThat(fixture.rejected("a.csv")).contains("id must not contain control characters: U+009F");
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void readsALeapSecondAsTheNextSecond() {
        fixture.imported("a.csv", HEADER + "1,acme,2016-12-31T23:59:60Z,1,m,true\n");

        assertThat(fixture.events())
                .extracting(UsageEvent::time)
                .containsExactly(Instant.parse("2017-01-01T00:00:00Z"));
    }

    @Test
    void readsTimesInAZoneThatIsALink() {
        fixture.setting("profile.calls.time-format", "yyyy-MM-dd HH:mm").setting("profile.calls.zone", "ROC");

        fixture.imported("a.csv", HEADER + "1,acme,2026-01-01 08:00,1,m,true\n");

        assertThat(fixture.events())
                .extracting(UsageEvent::time)
                .containsExactly(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aRepeatedArrivalHasNoEffect() {
        UsageImport first = fixture.imported("a.ndjson", ImportFixture.lines(3));

        fixture.arrive("a.ndjson", Deadline.NONE);

        assertThat(fixture.all()).containsExactly(first);
    }

    @Test
    void countsOnlyTheNewLinesOfAChangedFile() {
        fixture.setting("profile.calls.id", "");
        UsageImport first = fixture.imported("a.csv", HEADER + "1" + ROW + "2" + ROW);

        UsageImport second = fixture.imported("a.csv", HEADER + "1" + ROW + "2" + ROW + "3" + ROW);

        assertThat(second.earlierId()).isEqualTo(first.id());
        assertThat(second.progress().counted()).isEqualTo(1);
        assertThat(second.progress().repeated()).isEqualTo(2);
        assertThat(fixture.events())
                .extracting(UsageEvent::id)
                .containsExactlyInAnyOrder("inbox/a.csv#2", "inbox/a.csv#3", "inbox/a.csv#4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.ndjson", "a.json", "a.csv", "a.csv.gz", "a.ndjson.zst"})
    void importsAnEmptyFile(String key) {
        UsageImport done = fixture.imported(key, "");

        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.progress().lines()).isZero();
    }

    @Test
    void importsAFileWithAHeaderOnly() {
        assertThat(fixture.imported("a.csv", HEADER).progress().lines()).isZero();
        assertThat(fixture.last().status()).isEqualTo(Status.DONE);
        assertThat(fixture.rejected("a.csv")).isNull();
    }

    @Test
    void aMissingFileStoresNoImport() {
        refuses(RefusalKind.NOT_FOUND, "no such file", () -> fixture.arrive("nothing.csv", Deadline.NONE));
        assertThat(fixture.all()).isEmpty();
    }

    @Test
    void anImportFailsWhenItsFileIsDeleted() {
        fixture.put("a.ndjson", ImportFixture.lines(2500));
        refuses(
                RefusalKind.UNAVAILABLE,
                "the next call continues the import",
                () -> fixture.arrive("a.ndjson", Deadlines.EXPIRED));
        fixture.files.delete(ImportFixture.name("a.ndjson"));

        refuses(RefusalKind.NOT_FOUND, "no such file", () -> fixture.arrive("a.ndjson", Deadline.NONE));

        assertThat(failed("no such file").progress().counted()).isEqualTo(1000);
    }

    @Test
    void aFileThatChangesDuringItsImportStartsASecondImport() {
        fixture.put("a.ndjson", ImportFixture.lines(2500));
        refuses(
                RefusalKind.UNAVAILABLE,
                "the next call continues the import",
                () -> fixture.arrive("a.ndjson", Deadlines.EXPIRED));
        UsageImport first = fixture.last();

        UsageImport second = fixture.imported("a.ndjson", ImportFixture.lines(2600));

        assertThat(fixture.imports.find(first.id()).orElseThrow().reason()).isEqualTo(Imports.REPLACED_REASON);
        assertThat(second.progress().counted()).isEqualTo(1600);
        assertThat(second.progress().repeated()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "a", "a.gz", "a.xlsx"})
    void rejectsUnknownFormats(String key) {
        fails(key, "x", "unknown file format");
        assertThat(fixture.all()).isEmpty();
    }

    @Test
    void usesTheContentTypeWhereTheNameHasNoKnownEnding() {
        fixture.files.put(
                ImportFixture.name("export"),
                ImportFixture.line("x").getBytes(StandardCharsets.UTF_8),
                "application/x-ndjson; charset=utf-8");

        fixture.arrive("export", Deadline.NONE);

        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void countsNothingWhenTheFirstLinesAreRejected() {
        fails("a.ndjson", ImportFixture.lines(8) + "no\nno\n", "2 of the first 10 lines are rejected");
        assertThat(fixture.events()).isEmpty();
        assertThat(fixture.rejected("a.ndjson")).hasLineCount(2);
    }

    @Test
    void stopsWhenTooManyLinesAreRejected() {
        fails("a.ndjson", ImportFixture.lines(2000) + "no\n".repeat(3000), "1000 of the first 3000 lines");

        UsageImport failed = failed("2000 lines before them were counted and stay counted");
        assertThat(failed.progress().counted()).isEqualTo(2000);
        assertThat(failed.progress().rejected()).isEqualTo(1000);
        assertThat(fixture.rejected("a.ndjson")).hasLineCount(1000);
    }

    @Test
    void retriesAFailedImport() {
        fails("a.ndjson", ImportFixture.lines(8) + "no\nno\n", "");
        fixture.setting("most-rejected", "0.2");

        fixture.arrive("a.ndjson", Deadline.NONE);

        assertThat(fixture.last().status()).isEqualTo(Status.DONE);
        assertThat(fixture.last().progress().counted()).isEqualTo(8);
        assertThat(fixture.all()).hasSize(1);
    }
}
