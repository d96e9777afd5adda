package dev.odometer.files.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A file's bytes, that go on where they broke off: as many connections as it takes, while each of them gets further. Every
 * byte is of one version, since each part is asked for by it.
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

    /** Asks for the rest of the same version from a byte on. */
    public interface Parts {

        /** @throws IOException when it cannot be had, also when there is another version by now */
        Reply from(long position) throws IOException;
    }

    /**
     * @param first the answer for the part from {@code position} to {@code end}, the file's size
     * @throws IOException when it has no body
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
                throw new IOException("the file's body ended before its end");
            } catch (IOException broken) {
                goOn(broken);
            }
        }
        return -1;
    }

    private void goOn(IOException broken) throws IOException {
        reply.close();
        failures++;
        if (failures >= limits.attempts()) {
            throw broken;
        }
        HttpStore.sleep(limits.pause(failures, Duration.ZERO));
        reply = parts.from(position);
        body = reply.body();
    }

    /** A connection whose body has been read to its end is kept for others. */
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
