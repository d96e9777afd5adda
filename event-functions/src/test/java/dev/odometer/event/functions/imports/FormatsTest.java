package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.json.Json;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Every format and compression counts exactly the events that were written, however the bytes are chunked. */
class FormatsTest {

    private static final Json JSON = new Json();

    enum Form {
        LINES(".ndjson"),
        ARRAY(".json"),
        CSV(".csv");

        final String extension;

        Form(String extension) {
            this.extension = extension;
        }
    }

    enum Packing {
        PLAIN(""),
        GZIP(".gz"),
        MEMBERS(".gz"),
        ZSTD(".zst"),
        FRAMES(".zst");

        final String extension;

        Packing(String extension) {
            this.extension = extension;
        }
    }

    @Provide
    Arbitrary<List<UsageEvent>> events() {
        // Characters with a meaning in one of the formats.
        Arbitrary<String> texts = texts("a b , ; \" ' \\ { } [ ] : ü € 😀 \n \r \t", 0);
        Arbitrary<String> words = texts("a b , \" \\ { } [ ] ü € 😀", 1);
        Arbitrary<Long> numbers = Arbitraries.longs().between(-1_000_000, 1_000_000);
        return Combinators.combine(words, texts, numbers, Arbitraries.integers().between(0, 20))
                .as(FormatsTest::event)
                .list()
                .ofMaxSize(30);
    }

    private static Arbitrary<String> texts(String characters, int minLength) {
        return Arbitraries.of(characters.split(" "))
                .list()
                .ofMinSize(minLength)
                .ofMaxSize(12)
                .map(several -> String.join("", several));
    }

    private static UsageEvent event(String subject, String model, long tokens, int id) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("tokens", BigInteger.valueOf(tokens));
        if (!model.isEmpty()) {
            data.put("model", model);
        }
        return new UsageEvent(
                "1.0", "e" + id, ImportFixture.CONTAINER, "call", subject, ImportFixture.NOW, null, null, data);
    }

    @Property(tries = 300)
    void countsEveryEventOnce(
            @ForAll("events") List<UsageEvent> events,
            @ForAll Form form,
            @ForAll Packing pack,
            @ForAll("chunks") int chunk) {
        var fixture = new ImportFixture();
        fixture.store = new ChunkedStore(fixture.files, chunk);

        UsageImport done = fixture.imported(
                "f" + form.extension + pack.extension,
                pack(pack, text(form, events, events.size() % 2 == 0 ? "\r\n" : "\n")));

        Set<UsageEvent> first =
                events.stream().collect(Collectors.toMap(UsageEvent::id, e -> e, (a, b) -> a)).values().stream()
                        .collect(Collectors.toSet());
        assertThat(Set.copyOf(fixture.events())).isEqualTo(first);
        assertThat(done.progress().counted()).isEqualTo(first.size());
        assertThat(done.progress().repeated()).isEqualTo(events.size() - first.size());
        assertThat(done.progress().rejected()).isZero();
        assertThat(done.progress().read()).isEqualTo(done.file().size());
    }

    @Provide
    Arbitrary<Integer> chunks() {
        return Arbitraries.of(1, 2, 3, 7, 8192);
    }

    private static byte[] text(Form form, List<UsageEvent> events, String newLine) {
        String text = switch (form) {
            case LINES -> "\uFEFF" + events.stream().map(e -> json(e) + newLine).collect(Collectors.joining());
            case ARRAY ->
                events.stream()
                        .map(FormatsTest::json)
                        .collect(Collectors.joining(newLine + "," + newLine, " [" + newLine, "] " + newLine));
            case CSV ->
                events.stream()
                        .map(FormatsTest::csv)
                        .collect(Collectors.joining(
                                newLine, "\uFEFFid,who,\"when\",tokens,model,ok,more" + newLine, ""));
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(UsageEvent event) {
        return new String(JSON.write(event), StandardCharsets.UTF_8);
    }

    private static String csv(UsageEvent event) {
        Map<String, @Nullable Object> data = java.util.Objects.requireNonNull(event.data());
        return String.join(
                ",",
                event.id(),
                quoted(event.subject()),
                String.valueOf(event.time()),
                String.valueOf(data.get("tokens")),
                quoted(String.valueOf(data.getOrDefault("model", ""))),
                "",
                "\"\"");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static byte[] pack(Packing pack, byte[] content) {
        int half = content.length / 2;
        byte[] first = java.util.Arrays.copyOf(content, half);
        byte[] second = java.util.Arrays.copyOfRange(content, half, content.length);
        return switch (pack) {
            case PLAIN -> content;
            case GZIP -> ImportFixture.gzip(content);
            case ZSTD -> ImportFixture.zstd(content);
            case MEMBERS -> joined(ImportFixture.gzip(first), ImportFixture.gzip(second));
            case FRAMES -> joined(ImportFixture.zstd(first), ImportFixture.zstd(second));
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    /** A store whose streams return a few bytes per read, like networks do. */
    record ChunkedStore(FileStore files, int chunk) implements FileStore {

        @Override
        public FileContent open(FileName name, @Nullable String version, long from) {
            FileContent content = files.open(name, version, from);
            InputStream chunked = new FilterInputStream(content.stream()) {
                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    return super.read(into, at, Math.min(length, chunk));
                }

                @Override
                public int available() {
                    return 0;
                }
            };
            return new FileContent(chunked, content.version(), content.size(), content.contentType());
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
}
