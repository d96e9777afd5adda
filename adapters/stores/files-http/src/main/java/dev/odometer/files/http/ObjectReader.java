package dev.odometer.files.http;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens files with ranged GETs.
 *
 * @param wire what stores differ in
 */
public record ObjectReader(HttpStore store, Wire wire) {

    private static final int PART = 206;
    private static final int BEHIND_THE_END = 416;

    /** What stores differ in. */
    public interface Wire {

        /** Asks for all of a file, of a version if one is named. */
        Call get(@Nullable String version);

        /** Of the file that was answered with. */
        String version(Reply reply) throws IOException;
    }

    /** @throws Refusal as a file store's {@code open} does */
    public FileContent open(String key, @Nullable String version, long from) {
        Call all = wire.get(version);
        Reply reply = store.succeed(ranged(all, from), key, BEHIND_THE_END);
        try {
            if (reply.status() == BEHIND_THE_END) {
                reply.close();
                reply = store.succeed(all, key);
                FileContent nothing = content(reply, InputStream.nullInputStream());
                reply.close();
                return nothing;
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
            throw new IOException("the rest of the file is answered with status " + reply.status());
        }
        checkPart(reply, position);
        return reply;
    }

    private static void checkPart(Reply reply, long from) throws IOException {
        if (from > 0 && reply.status() != PART) {
            reply.close();
            throw new IOException("the store gives no parts of files");
        }
    }

    private static Call ranged(Call call, long from) {
        return from == 0 ? call : call.header("Range", "bytes=" + from + "-");
    }
}
