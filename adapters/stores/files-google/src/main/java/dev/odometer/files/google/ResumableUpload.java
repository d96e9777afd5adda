package dev.odometer.files.google;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileName;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An upload to Cloud Storage. A file that fits into one chunk is sent in one request, and a larger file in a resumable
 * session. After each chunk, the server returns how many bytes it has persisted, which may be fewer than were sent.
 */
final class ResumableUpload implements Upload {

    private static final int RESUME_INCOMPLETE = 308;
    private static final int MAX_ATTEMPTS_PER_CHUNK = 5;
    private static final Pattern PERSISTED = Pattern.compile("bytes=0-([0-9]{1,18})");

    private final GoogleFileStore store;
    private final FileName name;
    private final String contentType;
    private @Nullable URI session;
    private long persisted;

    ResumableUpload(GoogleFileStore store, FileName name, String contentType) {
        this.store = store;
        this.name = name;
        this.contentType = contentType;
    }

    private URI begin(String type) {
        return URI.create(store.endpoint() + "/upload/storage/v1/b/" + ObjectNames.escaped(name.container())
                + "/o?uploadType=" + type + "&name=" + ObjectNames.escaped(name.key()));
    }

    @Override
    public void part(byte[] bytes, int length) throws IOException {
        if (session == null) {
            session = session();
        }
        send(session, bytes, length, "*");
    }

    private URI session() throws IOException {
        Call call = Call.of("POST", begin("resumable")).header("X-Upload-Content-Type", contentType);
        try (Reply reply = store.http().sendRequired(call, name.key())) {
            URI location = URI.create(reply.required("Location"));
            // Requests carry a token, which must not be sent to another server.
            boolean isStore = store.endpoint().getScheme().equals(location.getScheme())
                    && store.endpoint().getRawAuthority().equals(location.getRawAuthority());
            if (!isStore) {
                throw new IOException("the upload session is on another server");
            }
            return location;
        } catch (IllegalArgumentException invalid) {
            throw new IOException("the location of the upload session is invalid");
        }
    }

    /** Sends a chunk, repeatedly if necessary, until the server has persisted all of it. */
    private void send(URI to, byte[] bytes, int length, String total) throws IOException {
        long start = persisted;
        for (int attempt = 0; attempt < MAX_ATTEMPTS_PER_CHUNK; attempt++) {
            int skipped = Math.toIntExact(persisted - start);
            byte[] rest = skipped == 0 ? bytes : Arrays.copyOfRange(bytes, skipped, length);
            if (isComplete(to, rest, length - skipped, total)) {
                return;
            }
            if (persisted == start + length && total.equals("*")) {
                return;
            }
            if (persisted < start || persisted > start + length) {
                throw new IOException("the store reports an inconsistent number of persisted bytes");
            }
        }
        throw new IOException("the store did not persist the chunk");
    }

    private boolean isComplete(URI to, byte[] bytes, int length, String total) throws IOException {
        String range = length == 0 ? "*" : persisted + "-" + (persisted + length - 1);
        Call call = Call.of("PUT", to).header("Content-Range", "bytes " + range + "/" + total);
        // Idempotent: the store skips bytes that it has already persisted.
        try (Reply reply = store.http().send(call.body(bytes, length))) {
            if (reply.status() == RESUME_INCOMPLETE) {
                persisted = persisted(reply);
                return false;
            }
            if (!reply.isSuccess()) {
                throw new IOException("the upload failed with status " + reply.status());
            }
            return true;
        }
    }

    private static long persisted(Reply reply) throws IOException {
        String range = reply.header("Range").orElse("");
        Matcher found = PERSISTED.matcher(range);
        if (!range.isEmpty() && !found.matches()) {
            throw new IOException("the store returned an invalid range of persisted bytes");
        }
        return range.isEmpty() ? 0 : Long.parseLong(found.group(1)) + 1;
    }

    @Override
    public void finish(byte[] bytes, int length) throws IOException {
        if (session == null) {
            Call call = Call.of("POST", begin("media")).header("Content-Type", contentType);
            store.http().sendRequired(call.body(bytes, length), name.key()).text();
        } else {
            send(session, bytes, length, String.valueOf(persisted + length));
        }
    }

    /** Cancels the session. If this fails too, the store deletes the session after a week. */
    @Override
    public void abort() {
        if (session != null) {
            try {
                store.http().send(Call.of("DELETE", session)).close();
            } catch (IOException ignored) {
                // Must not hide the exception that made the upload fail.
            }
        }
    }
}
