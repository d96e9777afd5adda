package dev.odometer.files.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.FileStoreContract;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contract with S3Mock, an independent implementation of the protocol. */
class S3FileStoreIT extends FileStoreContract {

    @TempDir
    static Path folder;

    private static MockServer server;
    private static S3FileStore store;

    @BeforeAll
    static void start() throws Exception {
        Credentials.set();
        server = MockServer.start(folder, "inbox,versioned");
        store = new S3FileStore(new S3Settings("us-east-1", Optional.of(server.uri()), true), HttpStore.Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected String container() {
        return "inbox";
    }

    @Override
    protected long streamedBytes() {
        return 160_000_000;
    }

    private static String written(FileName name, String text) throws IOException {
        store.write(name, "text/csv", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        try (FileContent content = store.open(name, null, 0)) {
            assertThat(content.contentType()).isEqualTo("text/csv");
            return content.version();
        }
    }

    @Test
    void acceptsAnETagWithAndWithoutQuotes() throws IOException {
        var name = new FileName("inbox", "etag.csv");
        String etag = written(name, "one");

        try (FileContent content = store.open(name, "\"" + etag + "\"", 1)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("ne");
        }
        assertThat(etag).matches("[0-9a-f]{32}");
    }

    @Test
    void readsTheVersionOfANotification() throws Exception {
        byte[] on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
                .getBytes(StandardCharsets.UTF_8);
        store.http()
                .sendRequired(
                        Call.of("PUT", URI.create(server.uri() + "/versioned?versioning="))
                                .body(on, on.length),
                        "bucket")
                .close();
        var name = new FileName("versioned", "a.csv");
        written(name, "one");
        String first;
        try (var head = store.http().sendRequired(Call.of("HEAD", store.uri(name, "")), "a.csv")) {
            first = head.required("x-amz-version-id");
        }
        written(name, "another");

        try (FileContent content = store.open(name, first, 0)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("one");
            assertThat(content.version()).isEqualTo(first);
        }
    }

    @Test
    @Disabled("S3Mock overwrites files in place; S3 does not")
    @Override
    protected void neverMixesVersionsDuringConcurrentWrites() {}
}
