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
 * A file on its way into Cloud Storage: what fits into one chunk is sent at once, more in a resumable session. After a chunk
 * the server says how much it has kept, which may be less than it was sent.
 */
final class ResumableUpload implements Upload {

    private static final int RESUME_INCOMPLETE = 308;
    private static final int MAX_STEPS_BACK = 5;
    private static final Pattern KEPT = Pattern.compile("bytes=0-([0-9]{1,18})");

    private final GoogleFileStore store;
    private final FileName name;
    private final String contentType;
    private @Nullable URI session;
    private long kept;

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
        try (Reply reply = store.http().succeed(call, name.key())) {
            URI location = URI.create(reply.required("Location"));
            // It carries a token: it is the store's or nobody's.
            boolean isStores = store.endpoint().getScheme().equals(location.getScheme())
                    && store.endpoint().getRawAuthority().equals(location.getRawAuthority());
            if (!isStores) {
                throw new IOException("the store names another server to upload to");
            }
            return location;
        } catch (IllegalArgumentException noUri) {
            throw new IOException("the store names no server to upload to");
        }
    }

    /** Until the server has kept all of them. */
    private void send(URI to, byte[] bytes, int length, String total) throws IOException {
        long start = kept;
        for (int steps = 0; steps < MAX_STEPS_BACK; steps++) {
            int skipped = Math.toIntExact(kept - start);
            byte[] rest = skipped == 0 ? bytes : Arrays.copyOfRange(bytes, skipped, length);
            if (isComplete(to, rest, length - skipped, total)) {
                return;
            }
            if (kept == start + length && total.equals("*")) {
                return;
            }
            if (kept < start || kept > start + length) {
                throw new IOException("the store has lost what it had kept");
            }
        }
        throw new IOException("the store does not keep what it is sent");
    }

    private boolean isComplete(URI to, byte[] bytes, int length, String total) throws IOException {
        String range = length == 0 ? "*" : kept + "-" + (kept + length - 1);
        Call call = Call.of("PUT", to).header("Content-Range", "bytes " + range + "/" + total);
        // Harmless to repeat: the store leaves out what it has kept already.
        try (Reply reply = store.http().send(call.body(bytes, length))) {
            if (reply.status() == RESUME_INCOMPLETE) {
                kept = kept(reply);
                return false;
            }
            if (!reply.isSuccess()) {
                throw new IOException("the upload is answered with status " + reply.status());
            }
            return true;
        }
    }

    private static long kept(Reply reply) throws IOException {
        String range = reply.header("Range").orElse("");
        Matcher found = KEPT.matcher(range);
        if (!range.isEmpty() && !found.matches()) {
            throw new IOException("the store does not say what it has kept");
        }
        return range.isEmpty() ? 0 : Long.parseLong(found.group(1)) + 1;
    }

    @Override
    public void finish(byte[] bytes, int length) throws IOException {
        if (session == null) {
            Call call = Call.of("POST", begin("media")).header("Content-Type", contentType);
            store.http().succeed(call.body(bytes, length), name.key()).text();
        } else {
            send(session, bytes, length, String.valueOf(kept + length));
        }
    }

    /** What stays, if this fails too, is forgotten by the store after a week. */
    @Override
    public void abort() {
        if (session != null) {
            try {
                store.http().send(Call.of("DELETE", session)).close();
            } catch (IOException stays) {
                // Nobody sees it; what made the upload fail is what counts.
            }
        }
    }
}
