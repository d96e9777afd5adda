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

/** However a run ends, the next one resumes after what was counted. */
class ResumedImportTest {

    private static final int EVENTS = 3500;

    private final ImportFixture fixture = new ImportFixture();

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

        /** Includes one line that is rejected. */
        byte[] content() {
            String lines = ImportFixture.lines(EVENTS) + "7\n";
            String text = switch (this) {
                case LINES, LINES_GZIP -> lines;
                case ARRAY, ARRAY_ZSTD -> "[" + lines.strip().replace("\n", "\n,") + "]";
                case CSV, CSV_GZIP -> csv();
            };
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            return key.endsWith(".gz")
                    ? ImportFixture.gzip(plain)
                    : key.endsWith(".zst") ? ImportFixture.zstd(plain) : plain;
        }

        private static String csv() {
            var text = new StringBuilder("who,when,tokens,model,ok,note\n");
            for (int i = 0; i < EVENTS; i++) {
                text.append("acme,2026-01-01T00:00:00Z,1,m,true,\"two\nlines\"\r\n");
            }
            return text.append("7\n").toString();
        }
    }

    private void refusesUntilRetried(String key, Deadline deadline) {
        assertThatThrownBy(() -> fixture.arrive(key, deadline))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @ParameterizedTest
    @EnumSource
    void resumesAfterEachBatchThatUsedUpTheTime(Kind kind) {
        fixture.setting("profile.calls.id", "");
        fixture.put(kind.key, kind.content());

        refusesUntilRetried(kind.key, Deadlines.EXPIRED);
        refusesUntilRetried(kind.key, Deadlines.EXPIRED);
        refusesUntilRetried(kind.key, Deadlines.EXPIRED);
        fixture.arrive(kind.key, Deadlines.EXPIRED);

        assertAllCounted(kind.key);
    }

    private void assertAllCounted(String key) {
        UsageImport done = fixture.last();
        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.progress().counted()).isEqualTo(EVENTS);
        assertThat(done.progress().repeated()).isZero();
        assertThat(done.progress().rejected()).isEqualTo(1);
        assertThat(fixture.events()).hasSize(EVENTS);
        assertThat(Objects.requireNonNull(fixture.rejected(key))).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200_000, 400_000, 450_000})
    void resumesAfterAFailureOfTheStore(int bytes) {
        fixture.put("a.ndjson", Kind.LINES.content());
        fixture.store = new FailingStore(fixture.files, bytes);
        refusesUntilRetried("a.ndjson", Deadline.NONE);
        fixture.store = fixture.files;

        fixture.arrive("a.ndjson", Deadline.NONE);

        assertAllCounted("a.ndjson");
    }

    @Test
    void resumesAfterAFailureToWriteTheRejectedLines() {
        fixture.put("a.ndjson", Kind.LINES.content());
        fixture.store = new ReadOnlyStore(fixture.files, Refusal.unavailable("store unavailable"));
        refusesUntilRetried("a.ndjson", Deadline.NONE);
        fixture.store = fixture.files;

        fixture.arrive("a.ndjson", Deadline.NONE);

        assertAllCounted("a.ndjson");
    }

    @Test
    void failsWhenTheRejectedLinesCanNeverBeWritten() {
        fixture.put("a.ndjson", Kind.LINES.content());
        fixture.store = new ReadOnlyStore(fixture.files, Refusal.invalid("read only"));

        assertThatThrownBy(() -> fixture.arrive("a.ndjson", Deadline.NONE)).hasMessageContaining("read only");

        assertThat(fixture.last().status()).isEqualTo(Status.FAILED);
        assertThat(fixture.last().progress().counted()).isEqualTo(EVENTS);
    }

    @Test
    void refusesASecondRunOfTheSameImport() {
        fixture.put("a.ndjson", Kind.LINES.content());
        var file = new FileVersion(ImportFixture.name("a.ndjson"), version(), 1);
        fixture.imports.take("other", file, new Lease("other", ImportFixture.NOW, ImportFixture.NOW.plusSeconds(60)));

        refusesUntilRetried("a.ndjson", Deadline.NONE);

        assertThat(fixture.events()).isEmpty();
    }

    private String version() {
        return fixture.files.open(ImportFixture.name("a.ndjson"), null, 0).version();
    }

    /** A store whose streams fail after this number of bytes. */
    record FailingStore(FileStore files, int bytes) implements FileStore {

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

        @Override
        public void delete(FileName name) {
            files.delete(name);
        }
    }

    /** A store that refuses all writes. */
    record ReadOnlyStore(FileStore files, Refusal refusal) implements FileStore {

        @Override
        public FileContent open(FileName name, @Nullable String version, long from) {
            return files.open(name, version, from);
        }

        @Override
        public void write(FileName name, String contentType, Content content) {
            throw refusal;
        }

        @Override
        public void delete(FileName name) {
            files.delete(name);
        }
    }
}
