package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they say, are broken, or were made to do harm. */
class HostileFilesTest extends ImportsOfFiles {

    @Test
    void refusesContentThatTheNameDoesNotSay() {
        byte[] lines = Inbox.line("x").getBytes(StandardCharsets.UTF_8);
        fails("a.ndjson", Inbox.gzip(lines), "by its name the file is plain, by its content gzip");
        fails("b.ndjson.gz", Inbox.zstd(lines), "by its name the file is gzip, by its content zstd");
        fails("c.ndjson.gz", lines, "by its name the file is gzip, but not by its content");
        fails("d.csv", "PK\u0003\u0004", "ZIP archive");
        fails("e.json", lines, "it begins with {");
        fails("f.ndjson", "[{}]", "it begins with [");
        fails("g.csv", new byte[] {(byte) 0xFF, (byte) 0xFE, 'i', 0}, "UTF-16");
        assertThat(inbox.events()).isEmpty();
    }

    @Test
    void refusesDamagedFiles() {
        byte[] gzip = Inbox.gzip(Inbox.lines(3000).getBytes(StandardCharsets.UTF_8));
        byte[] zstd = Inbox.zstd(Inbox.lines(3000).getBytes(StandardCharsets.UTF_8));
        fails("a.ndjson.gz", Arrays.copyOf(gzip, gzip.length / 2), "the file is not whole gzip");
        fails("b.ndjson.gz", Arrays.copyOf(gzip, gzip.length - 1), "the file is not whole gzip");
        fails("c.ndjson.gz", Arrays.copyOf(gzip, gzip.length + 9), "something else follows");
        fails("d.ndjson.zst", Arrays.copyOf(zstd, zstd.length / 2), "the file is not whole zstd");
        fails("e.ndjson.zst", Arrays.copyOf(zstd, zstd.length + 9), "the file is not whole zstd");
        gzip[gzip.length / 2] ^= 0x55;
        zstd[zstd.length / 2] ^= 0x55;
        fails("f.ndjson.gz", gzip, "the file is not whole gzip");
        fails("g.ndjson.zst", zstd, "the file is not whole zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{}", "[{},]", "[{} {}]", "[{}]x", "[,{}]", "[\"a", "[{\"a\":\"}\"", "[[1]"})
    void failsWhereAnArrayIsBroken(String json) {
        inbox.setting("most-rejected", "1");

        fails("a.json", json, "");

        failed("byte ");
    }

    @Test
    void keepsWhatWasCountedBeforeAFileBroke() {
        String array = "[" + Inbox.lines(1500).strip().replace("\n", ",") + "}";

        fails("a.json", array, "followed by , or ]");

        assertThat(failed("behind element 1500").progress().counted()).isEqualTo(1000);
    }

    @Test
    void refusesBombs() {
        byte[] zeros = new byte[1 << 27];
        fails("a.ndjson.gz", Inbox.gzip(zeros), "more than 200 times as large");
        inbox.setting("most-unpacked", "1000");
        fails("b.ndjson.gz", Inbox.gzip(Inbox.lines(100).getBytes(StandardCharsets.UTF_8)), "more than 1000 bytes");
    }

    @Test
    void passesOverEndlessLines() {
        inbox.setting("longest-line", "1000").setting("most-rejected", "1");
        String endless = "x".repeat(50_000_000);

        UsageImport done = inbox.imported("a.ndjson", Inbox.line("1") + endless + "\n" + Inbox.line("2") + endless);

        assertThat(done.progress().counted()).isEqualTo(2);
        assertThat(done.progress().rejected()).isEqualTo(2);
        assertThat(Objects.requireNonNull(inbox.rejected("a.ndjson")))
                .hasSizeLessThan(3000)
                .contains("at most 1000 bytes");
    }

    @Test
    void aQuoteThatIsNotClosedSwallowsNoMoreThanALine() {
        inbox.setting("longest-line", "1000").setting("most-rejected", "1");

        UsageImport done =
                inbox.imported("a.csv", HEADER + "1" + ROW + "\"2" + ROW + ("x" + ROW).repeat(100) + "3" + ROW);

        assertThat(inbox.events()).extracting(UsageEvent::id).contains("1", "x", "3");
        assertThat(done.progress().rejected()).isEqualTo(1);
    }

    @Test
    void aQuoteThatIsNotClosedAtTheEndIsRejected() {
        inbox.setting("most-rejected", "1");

        inbox.imported("a.csv", HEADER + "1" + ROW + "\"2" + ROW + "3" + ROW);

        assertThat(inbox.rejected("a.csv")).contains("a quote is opened and not closed by line 4");
    }

    @Test
    void rejectsLinesThatAreNotUtf8() {
        inbox.setting("most-rejected", "1");
        byte[] latin1 = (HEADER + "1" + ROW + "\u00fc" + ROW).getBytes(StandardCharsets.ISO_8859_1);
        byte[] line = Inbox.line("\u00fc").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(inbox.imported("a.csv", latin1).progress().rejected()).isEqualTo(1);
        assertThat(inbox.imported("b.ndjson", line).progress().rejected()).isEqualTo(1);
        assertThat(inbox.imported("c.csv", HEADER + "\uFFFD" + ROW).progress().counted())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"\"", "{}", "[]", "{\"id\":", "\u0000", "{\"data_base64\":7}", "}{"})
    void rejectsLinesThatAreNoEvents(String line) {
        inbox.setting("most-rejected", "1");

        UsageImport done = inbox.imported("a.ndjson", Inbox.line("x") + line + "\n");

        assertThat(done.progress().counted()).isEqualTo(1);
        assertThat(done.progress().rejected()).isEqualTo(1);
    }
}
