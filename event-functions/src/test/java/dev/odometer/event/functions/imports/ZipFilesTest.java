package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ZIP archives with one file, and all others. */
class ZipFilesTest extends ImportAssertions {

    private static byte[] zip(Map<String, byte[]> files, int method) {
        var packed = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(packed)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setMethod(method);
                var checksum = new CRC32();
                checksum.update(file.getValue());
                entry.setSize(file.getValue().length);
                entry.setCrc(checksum.getValue());
                out.putNextEntry(entry);
                out.write(file.getValue());
                out.closeEntry();
            }
            out.setComment("a comment");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static byte[] zip(String name, String content) {
        return zip(Map.of(name, content.getBytes(StandardCharsets.UTF_8)), ZipEntry.DEFLATED);
    }

    private static byte[] zipOf(String... names) {
        var files = new LinkedHashMap<String, byte[]>();
        for (String name : names) {
            files.put(
                    name,
                    name.endsWith("/") ? new byte[0] : ImportFixture.line("1").getBytes(StandardCharsets.UTF_8));
        }
        return zip(files, ZipEntry.DEFLATED);
    }

    @ParameterizedTest
    @CsvSource({
        "usage.zip,usage.csv",
        "usage.csv.zip,usage.csv",
        "usage.csv.zip,data.txt",
        "USAGE.ZIP,2026/Usage.CSV",
        "usage.ndjson.zip,usage.csv"
    })
    void readsTheFormatFromTheNameInTheArchiveOrOfTheArchive(String archive, String entry) {
        UsageImport done = fixture.imported(archive, zip(entry, HEADER + "1" + ROW));

        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactly("1");
        assertThat(done.progress().read()).isEqualTo(done.file().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.DEFLATED, ZipEntry.STORED})
    void readsDeflatedAndStoredFiles(int method) {
        byte[] lines = ImportFixture.lines(3000).getBytes(StandardCharsets.UTF_8);

        UsageImport done = fixture.imported("a.zip", zip(Map.of("a.ndjson", lines), method));

        assertThat(done.progress().counted()).isEqualTo(3000);
    }

    @Test
    void ignoresFoldersAndEntriesOfMacOs() {
        fixture.imported("a.zip", zipOf("usage/", "usage/a.ndjson", "__MACOSX/usage/._a.ndjson"));

        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void refusesSeveralFilesBeforeCountingAny() {
        fails("a.zip", zipOf("a.ndjson", "b.ndjson"), "a ZIP archive must contain exactly one file, but contains 2");
        fails("b.zip", zipOf("folder/"), "a ZIP archive must contain exactly one file, but contains 0");
        fails("c.zip", zipOf(), "a ZIP archive must contain exactly one file, but contains 0");
        String[] many = IntStream.range(0, 3000).mapToObj(i -> i + ".ndjson").toArray(String[]::new);
        fails("d.zip", zipOf(many), "but contains 3000");
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void refusesUnsupportedArchives() {
        fails("a.zip", zip("a.xlsx", "x"), "unknown file format");
        fails("b.zip", zip("a.csv.gz", "x"), "must not be compressed itself");
        fails("c.zip", zip("inner.zip", "x"), "must not be compressed itself");
        fails("d.zip", "no archive", "the file is not a valid ZIP archive");
        fails("e.zip", ImportFixture.gzip(new byte[] {1}), "the file is not a valid ZIP archive");
        byte[] encrypted = zip("a.ndjson", ImportFixture.line("1"));
        encrypted[directory(encrypted) + 8] |= 1;
        fails("f.zip", encrypted, "is encrypted");
        byte[] other = zip("a.ndjson", ImportFixture.line("1"));
        other[directory(other) + 10] = 9;
        fails("g.zip", other, "must be deflated or stored, but has the method 9");
        assertThat(fixture.events()).isEmpty();
    }

    private static int directory(byte[] zip) {
        for (int i = zip.length - 4; i >= 0; i--) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                return i;
            }
        }
        throw new IllegalArgumentException("no directory");
    }

    @Test
    void rejectsDecompressionBombs() {
        byte[] zeros = new byte[1 << 27];
        fails("a.zip", zip(Map.of("a.ndjson", zeros), ZipEntry.DEFLATED), "more than 200 times its size");
        fixture.setting("most-unpacked", "1000");
        fails("b.zip", zip("b.ndjson", ImportFixture.lines(100)), "more than 1000 bytes");
    }

    @Test
    void refusesMoreBytesThanTheDirectorySays() {
        byte[] zip = zip("a.ndjson", ImportFixture.lines(100));
        // The uncompressed size.
        Arrays.fill(zip, directory(zip) + 24, directory(zip) + 28, (byte) 0);

        fails("a.zip", zip, "the file is not valid zip: the content is longer than the archive's directory says");
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void resumesInTheArchive() {
        fixture.put("a.zip", zip("a.ndjson", ImportFixture.lines(2500)));

        for (int call = 0; call < 3; call++) {
            try {
                fixture.arrive("a.zip", Deadlines.EXPIRED);
            } catch (Refusal timeIsUsedUp) {
                assertThat(timeIsUsedUp.detail()).contains("the next call continues the import");
            }
        }

        assertThat(fixture.last().progress().counted()).isEqualTo(2500);
        assertThat(fixture.last().progress().repeated()).isZero();
    }

    /** An archive with any damaged byte is either refused with a sentence or imported. */
    @Property(tries = 500)
    void neverFailsUnexpectedly(
            @ForAll @IntRange(min = 0, max = 1_000_000) int at, @ForAll @ByteRange(min = 1, max = 127) byte change) {
        var each = new ImportFixture().setting("most-rejected", "1");
        byte[] zip = zip("a.ndjson", ImportFixture.lines(3));
        zip[at % zip.length] ^= change;

        try {
            each.imported("a.zip", zip);
        } catch (Refusal refusal) {
            assertThat(refusal.detail()).isNotBlank();
            assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID);
        }
        assertThat(List.of(0, 3)).contains(each.events().size());
    }
}
