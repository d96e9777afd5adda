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

/** Which names every {@link FileStore} must take, and what it must do with those that it cannot. */
public abstract class FileNamesContract {

    static final String TYPE = "application/x-ndjson";

    /** A store with a container that is empty, or has no file of these tests. */
    protected abstract FileStore store();

    /** A container that is there. */
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

    /** What has dots or empty parts is refused, or is a file of exactly that name; it is never another's. */
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
    void takesNoNameForAnother(String key) throws IOException {
        write("x", "not yours");
        boolean taken;
        try {
            write(key, "hostile");
            taken = true;
        } catch (Refusal refusal) {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID);
            taken = false;
        }

        if (taken) {
            assertThat(read(key, 0)).isEqualTo("hostile");
        } else {
            assertThatThrownBy(() -> read(key, 0)).isInstanceOf(Refusal.class);
        }
        assertThat(read("x", 0)).isEqualTo("not yours");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../other", "a/b", "/", "a?b", "nothing-of-that-name"})
    void findsNothingInWhatIsNoContainer(String container) {
        write("x", "not yours");

        assertThatThrownBy(() -> store().open(new FileName(container, "x"), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isIn(RefusalKind.INVALID, RefusalKind.NOT_FOUND));
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatWasWrittenWhateverItsName(String key) throws IOException {
        write(key, key);

        assertThat(read(key, 0)).isEqualTo(key);
    }

    /** Letters of any script, with what has to be escaped in a path. */
    static Stream<String> names() {
        var random = new SplittableRandom(11);
        int[] outbound = "aZ09-_~!*'();:@&=+$,#[] %äß語🙂".codePoints().toArray();
        return Stream.generate(() -> "n"
                        + random.ints(20, 0, outbound.length)
                                .mapToObj(i -> Character.toString(outbound[i]))
                                .collect(Collectors.joining())
                        + "/f")
                .limit(20);
    }
}
