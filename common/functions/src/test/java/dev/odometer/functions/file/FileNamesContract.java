package dev.odometer.functions.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link FileStore} on names: which ones it accepts and how it handles unsafe ones. */
public abstract class FileNamesContract {

    static final String TYPE = "application/x-ndjson";

    /** A store whose container is empty or has no files of these tests. */
    protected abstract FileStore store();

    /** An existing container. */
    protected abstract String container();

    final FileName name(String key) {
        return new FileName(container(), key);
    }

    final void write(String key, byte[] content) {
        store().write(name(key), TYPE, out -> out.write(content));
    }

    final void write(String key, String content) {
        write(key, content.getBytes(StandardCharsets.UTF_8));
    }

    final String read(String key, long from) throws IOException {
        try (FileContent content = store().open(name(key), null, from)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "2026/11/a b.csv", "ü/ß+%20&=?#.csv", "deep/er/and/deeper/a.ndjson.gz"})
    void readsWhatWasWritten(String key) throws IOException {
        write(key, "one\ntwo\n");

        assertThat(read(key, 0)).isEqualTo("one\ntwo\n");
    }

    /** A name with dot segments or empty segments is refused or names exactly that file, never another one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../x",
                "a/../../x",
                "a/..",
                "a/./b",
                "./x",
                "/etc/passwd",
                "a//b",
                "a/",
                "..\\x",
                "%2e%2e/x",
                "c:\\x",
                "x?versionId=1",
                "x#y",
                "x\uD800"
            })
    void neverConfusesTwoNames(String key) throws IOException {
        write("x", "not yours");
        boolean accepted;
        try {
            write(key, "hostile");
            accepted = true;
        } catch (Refusal refusal) {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID);
            accepted = false;
        }

        if (accepted) {
            assertThat(read(key, 0)).isEqualTo("hostile");
        } else {
            assertThatThrownBy(() -> read(key, 0)).isInstanceOf(Refusal.class);
        }
        assertThat(read("x", 0)).isEqualTo("not yours");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../other", "a/b", "/", "a?b", "nothing-of-that-name"})
    void refusesAnInvalidOrUnknownContainer(String container) {
        write("x", "not yours");

        assertThatThrownBy(() -> store().open(new FileName(container, "x"), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isIn(RefusalKind.INVALID, RefusalKind.NOT_FOUND));
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatWasWrittenUnderAnyName(String key) throws IOException {
        write(key, key);

        assertThat(read(key, 0)).isEqualTo(key);
    }

    /** Names with letters of several scripts and characters that must be escaped in a path. */
    static Stream<String> names() {
        var random = new SplittableRandom(11);
        int[] alphabet = "aZ09-_~!*'();:@&=+$,#[] %äß語🙂".codePoints().toArray();
        return Stream.generate(() -> "n"
                        + random.ints(20, 0, alphabet.length)
                                .mapToObj(i -> Character.toString(alphabet[i]))
                                .collect(Collectors.joining())
                        + "/f")
                .limit(20);
    }
}
