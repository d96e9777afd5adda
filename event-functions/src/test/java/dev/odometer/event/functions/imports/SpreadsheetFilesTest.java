package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as spreadsheets write them. */
class SpreadsheetFilesTest extends ImportAssertions {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @ParameterizedTest
    @ValueSource(strings = {",,,,,", ",", " , ,\t,", ",,,,,\r"})
    void skipsRowsOfSeparatorsOnly(String empty) {
        UsageImport done = fixture.imported(
                "a.csv", empty + "\n" + HEADER + "1" + ROW + empty + "\n" + "2" + ROW + empty + "\n" + empty);

        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactlyInAnyOrder("1", "2");
        assertThat(done.progress().rejected()).isZero();
    }

    @Test
    void numbersLinesWithSkippedRows() {
        fixture.setting("profile.calls.id", "");

        fixture.imported("a.csv", HEADER + ",,,,,\n" + "x" + ROW);

        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactly("inbox/a.csv#3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "sep=;\r\n", "\uFEFFsep=;\n", "sep=;;;;;;\n", "\n;;;\nsep=;\n"})
    void readsTheSeparatorFromTheFirstLine(String line) {
        fixture.setting("profile.calls.separator", line.startsWith("\n") ? ";" : ",");

        fixture.imported("a.csv", line + HEADER.replace(',', ';') + "1" + ROW.replace(',', ';') + ";;;\n");

        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactly("1");
    }

    @Test
    void readsATabAsTheSeparatorFromTheFirstLine() {
        fixture.imported("a.csv", "sep=\t\n" + HEADER.replace(',', '\t') + "1" + ROW.replace(',', '\t'));

        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactly("1");
    }

    @Test
    void readsWindows1252() {
        fixture.setting("profile.calls.charset", "windows-1252");

        fixture.imported("a.csv", (HEADER + "1,Größe €,2026-01-01T00:00:00Z,1,m,true\n").getBytes(WINDOWS_1252));

        assertThat(fixture.events()).extracting(UsageEvent::subject).containsExactly("Größe €");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void readsUtf16(String charset) {
        fixture.setting("profile.calls.charset", "UTF-16");

        fixture.imported(
                "a.csv",
                ("\uFEFF" + HEADER + "1,Größe 😀,2026-01-01T00:00:00Z,1,m,true\r\n")
                        .getBytes(Charset.forName(charset)));

        assertThat(fixture.events()).extracting(UsageEvent::subject).containsExactly("Größe 😀");
    }

    @Test
    void rejectsOnlyTheRecordWithBytesThatAreNotText() {
        fixture.setting("profile.calls.charset", "windows-1252").setting("most-rejected", "1");
        byte[] file = (HEADER + "1" + ROW + "?" + ROW + "3" + ROW).getBytes(WINDOWS_1252);
        file[HEADER.length() + ROW.length() + 1] = (byte) 0x81;

        fixture.imported("a.csv", file);

        assertThat(fixture.events()).extracting(UsageEvent::id).containsExactlyInAnyOrder("1", "3");
        assertThat(fixture.rejected("a.csv")).contains("the record must be valid WINDOWS-1252");
    }

    @Test
    void rejectsOnlyTheRecordWithAnUnpairedSurrogate() {
        fixture.setting("profile.calls.charset", "utf-16").setting("most-rejected", "1");
        var file = new ByteArrayOutputStream();
        file.writeBytes(("\uFEFF" + HEADER + "1" + ROW).getBytes(StandardCharsets.UTF_16LE));
        file.writeBytes(new byte[] {0x00, (byte) 0xD8});
        file.writeBytes((ROW + "3" + ROW).getBytes(StandardCharsets.UTF_16LE));
        file.write('x');

        fixture.imported("a.csv", file.toByteArray());

        assertThat(fixture.events()).extracting(UsageEvent::id).contains("1", "3");
        assertThat(fixture.last().progress().rejected()).isEqualTo(2);
    }

    @Test
    void refusesAnotherEncodingThanTheProfiles() {
        byte[] utf16 = ("\uFEFF" + HEADER).getBytes(StandardCharsets.UTF_16LE);
        fails("a.csv", utf16, "set charset of its profile to utf-16");
        fixture.setting("profile.calls.charset", "utf-16");
        fails("b.csv", HEADER, "the charset of the file's profile is utf-16, but the file begins without a byte order");
        fixture.setting("profile.calls.charset", "windows-1252");
        fails("c.csv", "\uFEFF" + HEADER, "but the file begins with the byte order mark of UTF-8");
        fails("d.csv", utf16, "but the file begins with the byte order mark of UTF-16");
    }

    @Provide
    Arbitrary<List<String>> subjects() {
        return Arbitraries.strings()
                .withChars("abc äöü ÄÖÜ ß € é , ; \"")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> !text.isBlank() && text.equals(text.strip()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    enum Encoding {
        UTF_8("utf-8", StandardCharsets.UTF_8, ""),
        WINDOWS("windows-1252", Charset.forName("windows-1252"), ""),
        LITTLE("utf-16", StandardCharsets.UTF_16LE, "\uFEFF"),
        BIG("utf-16", StandardCharsets.UTF_16BE, "\uFEFF");

        private final String setting;
        private final Charset charset;
        private final String mark;

        Encoding(String setting, Charset charset, String mark) {
            this.setting = setting;
            this.charset = charset;
            this.mark = mark;
        }
    }

    /** However the bytes are chunked. */
    @Property(tries = 200)
    void readsEverySubjectInEveryEncoding(
            @ForAll("subjects") List<String> subjects, @ForAll Encoding encoding, @ForAll("chunks") int chunk) {
        var each = new ImportFixture().setting("profile.calls.charset", encoding.setting);
        each.store = new FormatsTest.ChunkedStore(each.files, chunk);
        var csv = new StringBuilder(encoding.mark + "sep=;\r\n" + HEADER.replace(',', ';'));
        for (int i = 0; i < subjects.size(); i++) {
            csv.append("e").append(i).append(";\"").append(subjects.get(i).replace("\"", "\"\""));
            csv.append("\";2026-01-01T00:00:00Z;1;;\r\n;;;;;\r\n");
        }

        UsageImport done = each.imported("a.csv", csv.toString().getBytes(encoding.charset));

        assertThat(each.events()).extracting(UsageEvent::subject).containsExactlyInAnyOrderElementsOf(subjects);
        assertThat(done.progress().read()).isEqualTo(done.file().size());
    }

    @Provide
    Arbitrary<Integer> chunks() {
        return Arbitraries.of(1, 3, 8192);
    }

    /** Positions in another encoding than UTF-8 are not positions in the file. */
    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "utf-16"})
    void resumesInAnotherEncoding(String charset) {
        fixture.setting("profile.calls.charset", charset);
        var csv = new StringBuilder(charset.equals("utf-16") ? "\uFEFF" : "").append(HEADER);
        for (int i = 0; i < 2500; i++) {
            csv.append("ü").append(i).append(ROW);
        }
        fixture.put(
                "a.csv", csv.toString().getBytes(charset.equals("utf-16") ? StandardCharsets.UTF_16LE : WINDOWS_1252));

        int calls = 0;
        while (fixture.all().isEmpty() || fixture.last().status() == UsageImport.Status.RUNNING) {
            calls++;
            arriveBriefly();
        }

        assertThat(calls).isEqualTo(3);
        assertThat(fixture.events()).hasSize(2500).extracting(UsageEvent::id).contains("ü0", "ü1234", "ü2499");
        assertThat(Objects.requireNonNull(fixture.last()).progress().rejected()).isZero();
    }

    /** One batch fits into a call whose time is used up. */
    private void arriveBriefly() {
        try {
            fixture.arrive("a.csv", Deadlines.EXPIRED);
        } catch (Refusal timeIsUsedUp) {
            assertThat(timeIsUsedUp.detail()).contains("the next call continues the import");
        }
    }

    @Test
    void readsNumbersAsTheProfileSays() {
        fixture.setting("profile.calls.decimal-separator", ",")
                .setting("profile.calls.grouping-separator", ".")
                .setting("profile.calls.separator", ";");

        fixture.imported("a.csv", "id;who;when;tokens;model;ok\n1;acme;2026-01-01T00:00:00Z;1.234,5;;\n");

        assertThat(Objects.requireNonNull(fixture.events().get(0).data()))
                .containsEntry("tokens", new BigDecimal("1234.5"));
        fixture.arrive("a.csv", Deadline.NONE);
    }
}
