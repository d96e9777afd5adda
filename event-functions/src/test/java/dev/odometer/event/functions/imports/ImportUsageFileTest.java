package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportUsageFileTest extends ImportsOfFiles {

    @Test
    void saysWhatItCounted() {
        inbox.imported("a.ndjson", Inbox.lines(3));

        UsageImport done = inbox.imported("b.ndjson", Inbox.lines(5) + "nonsense\n\n" + Inbox.lines(5));

        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.progress().lines()).isEqualTo(11);
        assertThat(done.progress().counted()).isEqualTo(2);
        assertThat(done.progress().repeated()).isEqualTo(8);
        assertThat(done.progress().rejected()).isEqualTo(1);
    }

    @Test
    void writesRejectedLinesBesideTheFile() {
        inbox.setting("most-rejected", "1");

        inbox.imported("a.csv", HEADER + "1" + ROW + "2,acme,yesterday,1,m,true\n\"3\n\"" + ROW + "4" + ROW);

        assertThat(inbox.rejected("a.csv")).isEqualTo("""
                        {"line":3,"reason":"time must be as in RFC 3339: yesterday","text":"2,acme,yesterday,1,m,true"}
                        {"line":4,"reason":"id must not contain control characters","text":"\\"3\\n\\",acme,2026-01-01T00:00:00Z,1,m,true"}
                        """);
        assertThat(inbox.events()).extracting(UsageEvent::id).containsExactlyInAnyOrder("1", "4");
    }

    @Test
    void ignoresItsOwnFiles() {
        inbox.put("a.csv.rejected.ndjson", Inbox.line("x"));

        inbox.arrive("a.csv.rejected.ndjson", Deadline.NONE);

        assertThat(inbox.events()).isEmpty();
        assertThat(inbox.all()).isEmpty();
    }

    @Test
    void aSecondArrivalIsARepeat() {
        UsageImport first = inbox.imported("a.ndjson", Inbox.lines(3));

        inbox.arrive("a.ndjson", Deadline.NONE);

        assertThat(inbox.all()).containsExactly(first);
    }

    @Test
    void saysWhatAChangedFileChanged() {
        inbox.setting("profile.calls.id", "");
        UsageImport first = inbox.imported("a.csv", HEADER + "1" + ROW + "2" + ROW);

        UsageImport second = inbox.imported("a.csv", HEADER + "1" + ROW + "2" + ROW + "3" + ROW);

        assertThat(second.earlierId()).isEqualTo(first.id());
        assertThat(second.progress().counted()).isEqualTo(1);
        assertThat(second.progress().repeated()).isEqualTo(2);
        assertThat(inbox.events())
                .extracting(UsageEvent::id)
                .containsExactlyInAnyOrder("inbox/a.csv#2", "inbox/a.csv#3", "inbox/a.csv#4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.ndjson", "a.json", "a.csv", "a.csv.gz", "a.ndjson.zst"})
    void anEmptyFileIsDone(String key) {
        UsageImport done = inbox.imported(key, "");

        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.progress().lines()).isZero();
    }

    @Test
    void aHeaderAloneIsDone() {
        assertThat(inbox.imported("a.csv", HEADER).progress().lines()).isZero();
        assertThat(inbox.last().status()).isEqualTo(Status.DONE);
        assertThat(inbox.rejected("a.csv")).isNull();
    }

    @Test
    void aFileThatIsNotThereLeavesNothing() {
        refuses(RefusalKind.NOT_FOUND, "no such file", () -> inbox.arrive("nothing.csv", Deadline.NONE));
        assertThat(inbox.all()).isEmpty();
    }

    @Test
    void aFileThatVanishesFails() {
        inbox.put("a.ndjson", Inbox.lines(2500));
        refuses(RefusalKind.UNAVAILABLE, "goes on", () -> inbox.arrive("a.ndjson", Times.SHORT));
        inbox.files.remove(Inbox.name("a.ndjson"));

        refuses(RefusalKind.NOT_FOUND, "no such file", () -> inbox.arrive("a.ndjson", Deadline.NONE));

        assertThat(failed("no such file").progress().counted()).isEqualTo(1000);
    }

    @Test
    void aFileThatChangesMeanwhileIsTwoImports() {
        inbox.put("a.ndjson", Inbox.lines(2500));
        refuses(RefusalKind.UNAVAILABLE, "goes on", () -> inbox.arrive("a.ndjson", Times.SHORT));
        UsageImport first = inbox.last();

        UsageImport second = inbox.imported("a.ndjson", Inbox.lines(2600));

        assertThat(inbox.imports.find(first.id()).orElseThrow().reason()).isEqualTo(Imports.CHANGED);
        assertThat(second.progress().counted()).isEqualTo(1600);
        assertThat(second.progress().repeated()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "a", "a.gz", "a.csv.zip"})
    void refusesWhatNothingIsKnownOf(String key) {
        fails(key, "x", "nothing says what is in the file");
        assertThat(inbox.all()).isEmpty();
    }

    @Test
    void goesByTheContentTypeWhereTheNameSaysNothing() {
        inbox.files.put(
                Inbox.name("export"),
                Inbox.line("x").getBytes(StandardCharsets.UTF_8),
                "application/x-ndjson; charset=utf-8");

        inbox.arrive("export", Deadline.NONE);

        assertThat(inbox.events()).hasSize(1);
    }

    @Test
    void countsNothingOfAFileThatIsWrongFromTheStart() {
        fails("a.ndjson", Inbox.lines(8) + "no\nno\n", "2 of the first 10 lines are rejected");
        assertThat(inbox.events()).isEmpty();
        assertThat(inbox.rejected("a.ndjson")).hasLineCount(2);
    }

    @Test
    void countsNoMoreOfAFileThatTurnsWrong() {
        fails("a.ndjson", Inbox.lines(2000) + "no\n".repeat(3000), "1000 of the first 3000 lines");

        UsageImport failed = failed("2000 lines before were counted, and stay counted");
        assertThat(failed.progress().counted()).isEqualTo(2000);
        assertThat(failed.progress().rejected()).isEqualTo(1000);
        assertThat(inbox.rejected("a.ndjson")).hasLineCount(1000);
    }

    @Test
    void beginsAgainWhereItFailed() {
        fails("a.ndjson", Inbox.lines(8) + "no\nno\n", "");
        inbox.setting("most-rejected", "0.2");

        inbox.arrive("a.ndjson", Deadline.NONE);

        assertThat(inbox.last().status()).isEqualTo(Status.DONE);
        assertThat(inbox.last().progress().counted()).isEqualTo(8);
        assertThat(inbox.all()).hasSize(1);
    }
}
