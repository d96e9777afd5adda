package dev.odometer.files.google;

import dev.odometer.files.http.TestServer;
import dev.odometer.files.http.TestServer.Answer;
import dev.odometer.files.http.TestServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake of Cloud Storage by its documentation: media downloads and uploads, generations, resumable sessions that may
 * persist fewer bytes than were sent, and the metadata server. Objects are files in a folder.
 */
final class CloudStorage implements TestServer.Protocol {

    private static final String BUCKET = "inbox";
    private static final int UNIT_BYTES = 256 * 1024;
    private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)");
    private static final Pattern RANGE = Pattern.compile("bytes (?:([0-9]+)-([0-9]+)|\\*)/([0-9]+|\\*)");

    private final Path folder;
    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(1_700_000_000_000_000L);

    /** How many bytes of the next chunk are not persisted; a multiple of the unit. */
    volatile int bytesToLose;

    volatile int expiresIn = 3599;
    volatile String location = "";

    private record Stored(Path file, long generation, String type) {}

    private static final class Session {
        final String name;
        final String type;
        final Path file;

        Session(String name, String type, Path file) {
            this.name = name;
            this.type = type;
            this.file = file;
        }
    }

    CloudStorage(Path folder) {
        this.folder = folder;
    }

    int openSessions() {
        return sessions.size();
    }

    @Override
    public Answer answer(Request request) throws IOException {
        if (request.path().startsWith("/computeMetadata/")) {
            return token(request);
        }
        if (!request.header("Authorization").orElse("").matches("Bearer token-[0-9]+")) {
            return Answer.of(401, "{}");
        }
        if (request.path().startsWith("/upload/")) {
            return upload(request);
        }
        return download(request);
    }

    private Answer token(Request request) {
        if (!request.header("Metadata-Flavor").orElse("").equals("Google")) {
            return Answer.of(403, "");
        }
        String token = "{\"access_token\":\"token-" + numbers.incrementAndGet() + "\",\"expires_in\":" + expiresIn
                + ",\"token_type\":\"Bearer\"}";
        return Answer.of(200, token).header("Metadata-Flavor", "Google");
    }

    private Answer download(Request request) throws IOException {
        Matcher object = OBJECT.matcher(request.path());
        Stored stored = object.matches() && object.group(1).equals(BUCKET)
                ? objects.get(TestServer.decoded(object.group(2)))
                : null;
        if (stored == null) {
            return Answer.of(404, "{}");
        }
        if (request.method().equals("DELETE")) {
            objects.remove(TestServer.decoded(object.group(2)));
            delete(stored.file());
            return Answer.of(204, "");
        }
        String generation = String.valueOf(stored.generation());
        if (!request.query().getOrDefault("ifGenerationMatch", generation).equals(generation)) {
            return Answer.of(412, "{}");
        }
        return Answer.file(request, stored.file())
                .header("x-goog-generation", generation)
                .header("Content-Type", stored.type());
    }

    private Answer upload(Request request) throws IOException {
        String session = request.parameter("upload_id");
        if (!session.isEmpty()) {
            return resumed(request, session);
        }
        if (!request.path().equals("/upload/storage/v1/b/" + BUCKET + "/o")) {
            return Answer.of(404, "{}");
        }
        String name = request.parameter("name");
        Path file = folder.resolve("object-" + numbers.incrementAndGet());
        if (request.parameter("uploadType").equals("media")) {
            Files.write(file, request.body());
            return stored(name, request.header("Content-Type").orElseThrow(), file);
        }
        Files.createFile(file);
        String id = "session-" + numbers.incrementAndGet();
        sessions.put(
                id, new Session(name, request.header("X-Upload-Content-Type").orElseThrow(), file));
        String server = location.isEmpty() ? "http://" + request.header("Host").orElseThrow() : location;
        return Answer.of(200, "").header("Location", server + request.path() + "?uploadType=resumable&upload_id=" + id);
    }

    private Answer stored(String name, String type, Path file) {
        Stored before = objects.put(name, new Stored(file, numbers.incrementAndGet(), type));
        if (before != null) {
            delete(before.file());
        }
        return Answer.of(200, "{}");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Answer resumed(Request request, String id) throws IOException {
        Session session = sessions.get(id);
        if (session == null) {
            return Answer.of(404, "{}");
        }
        if (request.method().equals("DELETE")) {
            sessions.remove(id);
            delete(session.file);
            return Answer.of(499, "");
        }
        Matcher range = RANGE.matcher(request.header("Content-Range").orElseThrow());
        if (!range.matches()) {
            return Answer.of(400, "{}");
        }
        long persisted = Files.size(session.file);
        boolean isLast = !range.group(3).equals("*");
        if (range.group(1) != null) {
            persisted = append(session, request, Long.parseLong(range.group(1)), isLast);
        }
        if (persisted < 0) {
            return Answer.of(400, "{}");
        }
        if (isLast && persisted == Long.parseLong(range.group(3))) {
            sessions.remove(id);
            return stored(session.name, session.type, session.file);
        }
        Answer incomplete = Answer.of(308, "");
        return persisted == 0 ? incomplete : incomplete.header("Range", "bytes=0-" + (persisted - 1));
    }

    /** Skips persisted bytes and returns the new size, or -1 for a gap or a chunk that is not a multiple of the unit. */
    private long append(Session session, Request request, long start, boolean isLast) throws IOException {
        long persisted = Files.size(session.file);
        int length = request.body().length;
        if (start > persisted || (!isLast && length % UNIT_BYTES != 0)) {
            return -1;
        }
        int lost = bytesToLose;
        bytesToLose = 0;
        int from = Math.toIntExact(persisted - start);
        int count = Math.max(0, length - from - lost);
        try (var out = Files.newOutputStream(session.file, StandardOpenOption.APPEND)) {
            out.write(request.body(), from, count);
        }
        return persisted + count;
    }
}
