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

/** Files that are mislabeled, damaged or malicious. */
class HostileFilesTest extends ImportAssertions {

    @Test
    void rejectsContentThatDoesNotMatchTheName() {
        byte[] lines = ImportFixture.line("x").getBytes(StandardCharsets.UTF_8);
        fails("a.ndjson", ImportFixture.gzip(lines), "the file is plain by its name, but gzip by its content");
        fails("b.ndjson.gz", ImportFixture.zstd(lines), "the file is gzip by its name, but zstd by its content");
        fails("c.ndjson.gz", lines, "the file is gzip by its name, but not by its content");
        fails("d.csv", "PK\u0003\u0004", "the file is plain by its name, but zip by its content");
        fails("e.json", lines, "but begins with {");
        fails("f.ndjson", "[{}]", "but begins with [");
        fails("g.csv", new byte[] {(byte) 0xFF, (byte) 0xFE, 'i', 0}, "UTF-16");
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void rejectsDamagedFiles() {
        byte[] gzip = ImportFixture.gzip(ImportFixture.lines(3000).getBytes(StandardCharsets.UTF_8));
        byte[] zstd = ImportFixture.zstd(ImportFixture.lines(3000).getBytes(StandardCharsets.UTF_8));
        fails("a.ndjson.gz", Arrays.copyOf(gzip, gzip.length / 2), "the file is not valid gzip");
        fails("b.ndjson.gz", Arrays.copyOf(gzip, gzip.length - 1), "the file is not valid gzip");
        fails("c.ndjson.gz", Arrays.copyOf(gzip, gzip.length + 9), "trailing data");
        fails("d.ndjson.zst", Arrays.copyOf(zstd, zstd.length / 2), "the file is not valid zstd");
        fails("e.ndjson.zst", Arrays.copyOf(zstd, zstd.length + 9), "the file is not valid zstd");
        gzip[gzip.length / 2] ^= 0x55;
        zstd[zstd.length / 2] ^= 0x55;
        fails("f.ndjson.gz", gzip, "the file is not valid gzip");
        fails("g.ndjson.zst", zstd, "the file is not valid zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{}", "[{},]", "[{} {}]", "[{}]x", "[,{}]", "[\"a", "[{\"a\":\"}\"", "[[1]"})
    void failsOnAMalformedArray(String json) {
        fixture.setting("most-rejected", "1");

        fails("a.json", json, "");

        failed("byte ");
    }

    @Test
    void keepsWhatWasCountedBeforeTheDamage() {
        String array = "[" + ImportFixture.lines(1500).strip().replace("\n", ",") + "}";

        fails("a.json", array, "followed by , or ]");

        assertThat(failed("after element 1500").progress().counted()).isEqualTo(1000);
    }

    @Test
    void rejectsDecompressionBombs() {
        byte[] zeros = new byte[1 << 27];
        fails("a.ndjson.gz", ImportFixture.gzip(zeros), "more than 200 times its size");
        fixture.setting("most-unpacked", "1000");
        fails(
                "b.ndjson.gz",
                ImportFixture.gzip(ImportFixture.lines(100).getBytes(StandardCharsets.UTF_8)),
                "more than 1000 bytes");
    }

    @Test
    void rejectsOverlongLinesAndContinues() {
        fixture.setting("longest-line", "1000").setting("most-rejected", "1");
        String overlong = "x".repeat(50_000_000);

        UsageImport done = fixture.imported(
                "a.ndjson", ImportFixture.line("1") + overlong + "\n" + ImportFixture.line("2") + overlong);

        assertThat(done.progress().counted()).isEqualTo(2);
        assertThat(done.progress().rejected()).isEqualTo(2);
        assertThat(Objects.requireNonNull(fixture.rejected("a.ndjson")))
                .hasSizeLessThan(3000)
                .contains("at most 1000 bytes");
    }

    @Test
    void anUnclosedQuoteRejectsOneRecordOnly() {
        fixture.setting("longest-line", "1000").setting("most-rejected", "1");

        UsageImport done =
                fixture.imported("a.csv", HEADER + "1" + ROW + "\"2" + ROW + ("x" + ROW).repeat(100) + "3" + ROW);

        assertThat(fixture.events()).extracting(UsageEvent::id).contains("1", "x", "3");
        assertThat(done.progress().rejected()).isEqualTo(1);
    }

    @Test
    void anUnclosedQuoteAtTheEndIsRejected() {
        fixture.setting("most-rejected", "1");

        fixture.imported("a.csv", HEADER + "1" + ROW + "\"2" + ROW + "3" + ROW);

        assertThat(fixture.rejected("a.csv")).contains("a quote is not closed by line 4");
    }

    @Test
    void rejectsLinesThatAreNotUtf8() {
        fixture.setting("most-rejected", "1");
        byte[] latin1 = (HEADER + "1" + ROW + "\u00fc" + ROW).getBytes(StandardCharsets.ISO_8859_1);
        byte[] line = ImportFixture.line("\u00fc").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(fixture.imported("a.csv", latin1).progress().rejected()).isEqualTo(1);
        assertThat(fixture.imported("b.ndjson", line).progress().rejected()).isEqualTo(1);
        assertThat(fixture.imported("c.csv", HEADER + "\uFFFD" + ROW).progress().counted())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"\"", "{}", "[]", "{\"id\":", "\u0000", "{\"data_base64\":7}", "}{"})
    void rejectsLinesThatAreNotEvents(String line) {
        fixture.setting("most-rejected", "1");

        UsageImport done = fixture.imported("a.ndjson", ImportFixture.line("x") + line + "\n");

        assertThat(done.progress().counted()).isEqualTo(1);
        assertThat(done.progress().rejected()).isEqualTo(1);
    }
}
