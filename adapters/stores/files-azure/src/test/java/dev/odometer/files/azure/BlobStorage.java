package dev.odometer.files.azure;

import dev.odometer.files.http.TestServer;
import dev.odometer.files.http.TestServer.Answer;
import dev.odometer.files.http.TestServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fake of Blob Storage by its documentation: Put Blob, Put Block, Put Block List, Get Blob, and the token endpoints
 * of managed identities. Blobs are files in a folder.
 */
final class BlobStorage implements TestServer.Protocol {

    private static final String CONTAINER = "/inbox/";
    private static final Pattern BLOCK = Pattern.compile("<Latest>([^<]+)</Latest>");

    private final Path folder;
    private final Map<String, Stored> blobs = new ConcurrentHashMap<>();
    private final Map<String, Path> staged = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(0x8D0000000000000L);

    private record Stored(Path file, String etag, String type) {}

    BlobStorage(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized Answer answer(Request request) throws IOException {
        if (request.path().startsWith("/token")) {
            return token(request);
        }
        if (request.header("x-ms-version").isEmpty()) {
            return Answer.of(400, "<Error><Code>MissingRequiredHeader</Code></Error>");
        }
        if (!isAuthorized(request)) {
            return Answer.of(401, "<Error><Code>NoAuthenticationInformation</Code></Error>");
        }
        if (!request.path().startsWith(CONTAINER)) {
            return Answer.of(404, "<Error><Code>ContainerNotFound</Code></Error>");
        }
        String name = TestServer.decoded(request.path());
        if (request.method().equals("GET")) {
            return get(request, blobs.get(name));
        }
        if (request.method().equals("DELETE")) {
            Stored deleted = blobs.remove(name);
            if (deleted == null) {
                return Answer.of(404, "<Error><Code>BlobNotFound</Code></Error>");
            }
            delete(deleted.file());
            return Answer.of(202, "");
        }
        return switch (request.parameter("comp")) {
            case "block" -> stage(request, name);
            case "blocklist" -> commit(request, name);
            default -> put(request, name);
        };
    }

    private static boolean isAuthorized(Request request) {
        return request.parameter("sig").equals("s/ecret=")
                || request.header("Authorization").orElse("").matches("Bearer token-[0-9]+|SharedKey account:[^:]{44}");
    }

    private Answer token(Request request) {
        boolean isMachine = request.header("Metadata").orElse("").equals("true")
                && request.parameter("api-version").equals("2018-02-01");
        boolean isApp = request.header("X-IDENTITY-HEADER").orElse("").equals("secret")
                && request.parameter("api-version").equals("2019-08-01");
        if (!(isMachine || isApp) || !request.parameter("resource").equals("https://storage.azure.com/")) {
            return Answer.of(400, "{}");
        }
        return Answer.of(
                200,
                "{\"access_token\":\"token-" + numbers.incrementAndGet()
                        + "\",\"expires_on\":\"3600\",\"token_type\":\"Bearer\"}");
    }

    private static Answer get(Request request, @Nullable Stored blob) throws IOException {
        if (blob == null) {
            return Answer.of(404, "<Error><Code>BlobNotFound</Code></Error>");
        }
        if (!request.header("If-Match").orElse(blob.etag()).equals(blob.etag())) {
            return Answer.of(412, "<Error><Code>ConditionNotMet</Code></Error>");
        }
        return Answer.file(request, blob.file()).header("ETag", blob.etag()).header("Content-Type", blob.type());
    }

    private Path file() {
        return folder.resolve("file-" + numbers.incrementAndGet());
    }

    private Answer put(Request request, String name) throws IOException {
        if (!request.header("x-ms-blob-type").orElse("").equals("BlockBlob")) {
            return Answer.of(400, "<Error><Code>MissingRequiredHeader</Code></Error>");
        }
        return stored(
                name,
                Files.write(file(), request.body()),
                request.header("Content-Type").orElse(""));
    }

    private Answer stored(String name, Path file, String type) {
        String etag = "\"0x" + Long.toHexString(numbers.incrementAndGet()).toUpperCase(Locale.ROOT) + "\"";
        // Deleting the previous file does not affect readers that have it open.
        Stored before = blobs.put(name, new Stored(file, etag, type));
        if (before != null) {
            delete(before.file());
        }
        staged.keySet().removeIf(block -> block.startsWith(name + "#"));
        return Answer.of(201, "").header("ETag", etag);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Answer stage(Request request, String name) throws IOException {
        String id = request.parameter("blockid");
        boolean isId = new String(Base64.getDecoder().decode(id), StandardCharsets.UTF_8).length() <= 64;
        if (!isId || request.body().length == 0) {
            return Answer.of(400, "<Error><Code>InvalidBlobOrBlock</Code></Error>");
        }
        staged.put(name + "#" + id, Files.write(file(), request.body()));
        return Answer.of(201, "");
    }

    private Answer commit(Request request, String name) throws IOException {
        String list = new String(request.body(), StandardCharsets.UTF_8);
        Path whole = file();
        try (var out = Files.newOutputStream(whole)) {
            for (MatchResult id : BLOCK.matcher(list).results().toList()) {
                Path block = staged.remove(name + "#" + id.group(1));
                if (block == null) {
                    return Answer.of(400, "<Error><Code>InvalidBlockList</Code></Error>");
                }
                Files.copy(block, out);
                delete(block);
            }
        }
        return stored(name, whole, request.header("x-ms-blob-content-type").orElse(""));
    }
}
