package dev.odometer.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The bytes of a file. After a broken connection, the download continues at the same position, without a limit as long
 * as each connection makes progress. All bytes are of one version, because each request names it.
 */
public final class Download extends InputStream {

    private final Parts parts;
    private final HttpStore.Limits limits;
    private Reply reply;
    private InputStream body;
    private long position;
    private final long end;
    private int failures;
    private boolean closed;

    /** Requests the rest of the same version from a position on. */
    public interface Parts {

        /** @throws IOException when the request fails or the file has another version now */
        Reply from(long position) throws IOException;
    }

    /**
     * @param first the response with the bytes from {@code position} on
     * @param end the size of the file in bytes
     * @throws IOException when the body cannot be read
     */
    public Download(Reply first, long position, long end, HttpStore store, Parts parts) throws IOException {
        this.parts = parts;
        this.limits = store.limits();
        this.reply = first;
        this.body = first.body();
        this.position = position;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            try {
                int count = body.read(bytes, offset, (int) Math.min(length, end - position));
                if (count > 0) {
                    position += count;
                    failures = 0;
                    return count;
                }
                throw new IOException("the response ended before the end of the file");
            } catch (IOException broken) {
                resume(broken);
            }
        }
        return -1;
    }

    private void resume(IOException broken) throws IOException {
        reply.close();
        failures++;
        if (failures >= limits.attempts()) {
            throw broken;
        }
        HttpStore.sleep(limits.pause(failures, Duration.ZERO));
        reply = parts.from(position);
        body = reply.body();
    }

    /** After a complete download, the connection stays open for reuse; otherwise, it is closed. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            if (position >= end) {
                body.close();
            } else {
                reply.close();
            }
        }
    }
}
