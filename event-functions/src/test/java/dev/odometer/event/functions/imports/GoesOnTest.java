package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.Lease;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However runs end, the next one goes on behind what was counted. */
class GoesOnTest {

    private static final int EVENTS = 3500;

    private final Inbox inbox = new Inbox();

    enum Kind {
        LINES("a.ndjson"),
        LINES_GZIP("a.ndjson.gz"),
        ARRAY("a.json"),
        ARRAY_ZSTD("a.json.zst"),
        CSV("a.csv"),
        CSV_GZIP("a.csv.gz");

        final String key;

        Kind(String key) {
            this.key = key;
        }

        /** With a line that is rejected. */
        byte[] content() {
            String lines = Inbox.lines(EVENTS) + "7\n";
            String text = switch (this) {
                case LINES, LINES_GZIP -> lines;
                case ARRAY, ARRAY_ZSTD -> "[" + lines.strip().replace("\n", "\n,") + "]";
                case CSV, CSV_GZIP -> csv();
            };
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            return key.endsWith(".gz") ? Inbox.gzip(plain) : key.endsWith(".zst") ? Inbox.zstd(plain) : plain;
        }

        private static String csv() {
            var text = new StringBuilder("who,when,tokens,model,ok,note\n");
            for (int i = 0; i < EVENTS; i++) {
                text.append("acme,2026-01-01T00:00:00Z,1,m,true,\"two\nlines\"\r\n");
            }
            return text.append("7\n").toString();
        }
    }

    private void comeAgain(String key, Deadline deadline) {
        assertThatThrownBy(() -> inbox.arrive(key, deadline))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheTimeIsUpAfterEachBatch(Kind kind) {
        inbox.setting("profile.calls.id", "");
        inbox.put(kind.key, kind.content());

        comeAgain(kind.key, Times.SHORT);
        comeAgain(kind.key, Times.SHORT);
        comeAgain(kind.key, Times.SHORT);
        inbox.arrive(kind.key, Times.SHORT);

        hasCountedAll(kind.key);
    }

    private void hasCountedAll(String key) {
        UsageImport done = inbox.last();
        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.progress().counted()).isEqualTo(EVENTS);
        assertThat(done.progress().repeated()).isZero();
        assertThat(done.progress().rejected()).isEqualTo(1);
        assertThat(inbox.events()).hasSize(EVENTS);
        assertThat(Objects.requireNonNull(inbox.rejected(key))).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200_000, 400_000, 450_000})
    void whenTheStoreFails(int bytes) {
        inbox.put("a.ndjson", Kind.LINES.content());
        inbox.store = new Failing(inbox.files, bytes);
        comeAgain("a.ndjson", Deadline.NONE);
        inbox.store = inbox.files;

        inbox.arrive("a.ndjson", Deadline.NONE);

        hasCountedAll("a.ndjson");
    }

    @Test
    void whenTheRejectedLinesCannotBeWrittenNow() {
        inbox.put("a.ndjson", Kind.LINES.content());
        inbox.store = new Unwritable(inbox.files, Refusal.unavailable("away"));
        comeAgain("a.ndjson", Deadline.NONE);
        inbox.store = inbox.files;

        inbox.arrive("a.ndjson", Deadline.NONE);

        hasCountedAll("a.ndjson");
    }

    @Test
    void notWhenTheRejectedLinesCanNeverBeWritten() {
        inbox.put("a.ndjson", Kind.LINES.content());
        inbox.store = new Unwritable(inbox.files, Refusal.invalid("read only"));

        assertThatThrownBy(() -> inbox.arrive("a.ndjson", Deadline.NONE)).hasMessageContaining("read only");

        assertThat(inbox.last().status()).isEqualTo(Status.FAILED);
        assertThat(inbox.last().progress().counted()).isEqualTo(EVENTS);
    }

    @Test
    void onlyOneRunAtATime() {
        inbox.put("a.ndjson", Kind.LINES.content());
        var file = new FileVersion(Inbox.name("a.ndjson"), version(), 1);
        inbox.imports.take("other", file, new Lease("other", Inbox.NOW, Inbox.NOW.plusSeconds(60)));

        comeAgain("a.ndjson", Deadline.NONE);

        assertThat(inbox.events()).isEmpty();
    }

    private String version() {
        return inbox.files.open(Inbox.name("a.ndjson"), null, 0).version();
    }

    /** A store that fails after so many bytes. */
    record Failing(FileStore files, int bytes) implements FileStore {

        @Override
        public FileContent open(FileName name, @Nullable String version, long from) {
            FileContent content = files.open(name, version, from);
            var failing = new FilterInputStream(content.stream()) {
                private int left = bytes;

                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    if (left == 0) {
                        throw new IOException("connection reset");
                    }
                    int count = super.read(into, at, Math.min(length, left));
                    left -= Math.max(count, 0);
                    return count;
                }
            };
            return new FileContent(failing, content.version(), content.size(), content.contentType());
        }

        @Override
        public void write(FileName name, String contentType, Content content) {
            files.write(name, contentType, content);
        }
    }

    /** A store that takes nothing. */
    record Unwritable(FileStore files, Refusal refusal) implements FileStore {

        @Override
        public FileContent open(FileName name, @Nullable String version, long from) {
            return files.open(name, version, from);
        }

        @Override
        public void write(FileName name, String contentType, Content content) {
            throw refusal;
        }
    }
}
