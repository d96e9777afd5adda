package dev.odometer.files.folder;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Files in the subfolders of one folder, which need not be there yet. Keeps no content types. */
public final class FolderFileStore implements FileStore {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final PathResolver places;

    public FolderFileStore(Path folder) {
        this.places = new PathResolver(folder.toAbsolutePath().normalize());
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        places.of(name);
        try {
            return opened(name, version, from);
        } catch (IOException failure) {
            throw refusal(name, failure);
        }
    }

    private FileContent opened(FileName name, @Nullable String version, long from) throws IOException {
        for (; ; ) {
            Path file = places.existing(name);
            Version before = Version.of(file);
            if (version != null && !version.equals(before.toString())) {
                throw Refusal.notFound("the file has another version by now: " + Refusal.quote(name.key()));
            }
            SeekableByteChannel channel =
                    Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            try {
                // What is open is what was looked at only if nothing took its place in between.
                if (Version.of(file).equals(before)) {
                    channel.position(from);
                    return new FileContent(Channels.newInputStream(channel), before.toString(), before.size(), null);
                }
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
            channel.close();
        }
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        places.of(name);
        Path temporary = null;
        try {
            Path place = places.writable(name);
            temporary = place.resolveSibling("." + UUID.randomUUID() + ".part");
            fill(temporary, content);
            replace(place, temporary);
        } catch (IOException failure) {
            throw refusal(name, failure);
        } finally {
            if (temporary != null) {
                deleteIfThere(temporary);
            }
        }
    }

    private static void fill(Path temporary, Content content) throws IOException {
        try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream file = new KeptOpen(Channels.newOutputStream(channel));
            var out = new BufferedOutputStream(file, BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /** One at a time, so that each finds the version that it has to differ from. */
    private synchronized void replace(Path place, Path temporary) throws IOException {
        Version written = Version.of(temporary);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Version there = Version.of(place);
            // The clock of a file system ticks in milliseconds. Whole microseconds are kept by all.
            if (there.changedNanos() >= written.changedNanos()) {
                long later = there.changedNanos() / 1000 * 1000 + 1000;
                Files.setLastModifiedTime(temporary, FileTime.from(later, TimeUnit.NANOSECONDS));
            }
        }
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolderOf(place);
    }

    /** So that a power cut does not take back the move; not every system lets a folder be opened. */
    static void syncFolderOf(Path file) {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notHere) {
            // Then the file system orders it by itself, or not: nothing is left to do.
        }
    }

    private static void deleteIfThere(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException stays) {
            // It is hidden and named as unfinished: nobody takes it for a file.
        }
    }

    private static Refusal refusal(FileName name, IOException failure) {
        String key = Refusal.quote(name.key());
        if (failure instanceof NoSuchFileException || failure instanceof NotDirectoryException) {
            return Refusal.notFound("there is no such file: " + key);
        }
        if (failure instanceof AccessDeniedException || failure instanceof FileSystemLoopException) {
            return Refusal.invalid("the file may not be read or written: " + key);
        }
        return failure.getMessage() != null && failure.getMessage().endsWith("Not a directory")
                ? Refusal.notFound("there is no such file: " + key)
                : Refusal.unavailable("the folder does not answer for " + key, failure);
    }

    /** Content may close what it writes to; the file is not complete before the content has come to its end. */
    private static final class KeptOpen extends OutputStream {

        private final OutputStream file;

        KeptOpen(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }
    }
}
