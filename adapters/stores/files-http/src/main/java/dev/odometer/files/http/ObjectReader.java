package dev.odometer.files.http;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens files with ranged GETs.
 *
 * @param wire the requests and headers of the particular store
 */
public record ObjectReader(HttpStore store, Protocol wire) {

    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** The requests and headers in which stores differ. */
    public interface Protocol {

        /** The request for a whole file, of the given version or, without one, the current version. */
        Call get(@Nullable String version);

        /** The version of the file in a response. */
        String version(Reply reply) throws IOException;
    }

    /** @throws Refusal like {@code FileStore.open} */
    public FileContent open(String key, @Nullable String version, long from) {
        Call all = wire.get(version);
        Reply reply = store.sendRequired(ranged(all, from), key, RANGE_NOT_SATISFIABLE);
        try {
            if (reply.status() == RANGE_NOT_SATISFIABLE) {
                // The position is at or after the end. A second request gets the version and the size.
                reply.close();
                reply = store.sendRequired(all, key);
                FileContent empty = content(reply, InputStream.nullInputStream());
                reply.close();
                return empty;
            }
            checkPart(reply, from);
            String pinned = version == null ? wire.version(reply) : version;
            return content(
                    reply,
                    new Download(reply, from, reply.wholeSize(), store, position -> rest(wire.get(pinned), position)));
        } catch (IOException failure) {
            reply.close();
            throw HttpStore.unavailable(key, failure);
        }
    }

    private FileContent content(Reply reply, InputStream stream) throws IOException {
        return new FileContent(
                stream,
                wire.version(reply),
                reply.wholeSize(),
                reply.header("Content-Type").orElse(null));
    }

    private Reply rest(Call all, long position) throws IOException {
        Reply reply = store.send(ranged(all, position));
        if (!reply.isSuccess()) {
            reply.close();
            throw new IOException("resuming the download failed with status " + reply.status());
        }
        checkPart(reply, position);
        return reply;
    }

    private static void checkPart(Reply reply, long from) throws IOException {
        if (from > 0 && reply.status() != PARTIAL_CONTENT) {
            reply.close();
            throw new IOException("the store does not support range requests");
        }
    }

    private static Call ranged(Call call, long from) {
        return from == 0 ? call : call.header("Range", "bytes=" + from + "-");
    }
}
