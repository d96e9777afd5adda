package dev.odometer.files.folder;

import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
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

/**
 * A file store in the subfolders of one folder, which is created by the first write. It does not store content types.
 */
public final class FolderFileStore implements FileStore {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final PathResolver paths;

    public FolderFileStore(Path folder) {
        this.paths = new PathResolver(folder.toAbsolutePath().normalize());
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        paths.of(name);
        try {
            return opened(name, version, from);
        } catch (IOException failure) {
            throw refusal(name, failure);
        }
    }

    private FileContent opened(FileName name, @Nullable String version, long from) throws IOException {
        for (; ; ) {
            Path file = paths.existing(name);
            Version before = Version.of(file);
            if (version != null && !version.equals(before.toString())) {
                throw Refusal.notFound("the file has another version now: " + Refusal.quote(name.key()));
            }
            SeekableByteChannel channel =
                    Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            try {
                // The open file has this version only if it was not replaced since the version was read.
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
        paths.of(name);
        Path temporary = null;
        try {
            Path target = paths.writable(name);
            temporary = target.resolveSibling("." + UUID.randomUUID() + ".part");
            fill(temporary, content);
            replace(target, temporary);
        } catch (IOException failure) {
            throw refusal(name, failure);
        } finally {
            if (temporary != null) {
                deleteIfExists(temporary);
            }
        }
    }

    private static void fill(Path temporary, Content content) throws IOException {
        try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream file = new NonClosing(Channels.newOutputStream(channel));
            var out = new BufferedOutputStream(file, BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /** Synchronized, so that each write sees the version that its own must differ from. */
    private synchronized void replace(Path target, Path temporary) throws IOException {
        Version written = Version.of(temporary);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Version existing = Version.of(target);
            // A file system's clock can advance in steps of milliseconds, so two writes can get the same time. All file
            // systems store whole microseconds.
            if (existing.changedNanos() >= written.changedNanos()) {
                long later = existing.changedNanos() / 1000 * 1000 + 1000;
                Files.setLastModifiedTime(temporary, FileTime.from(later, TimeUnit.NANOSECONDS));
            }
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolderOf(target);
    }

    /** Makes a move durable in case of a power failure, on systems that can open and sync a folder. */
    static void syncFolderOf(Path file) {
        try (var channel = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // Durability then depends on the file system.
        }
    }

    @Override
    public void delete(FileName name) {
        paths.of(name);
        try {
            Path file = paths.existing(name);
            Files.deleteIfExists(file);
            syncFolderOf(file);
        } catch (IOException failure) {
            Refusal refusal = refusal(name, failure);
            if (refusal.kind() != RefusalKind.NOT_FOUND) {
                throw refusal;
            }
        }
    }

    private static void deleteIfExists(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // The name marks the file as hidden and unfinished, so it is never read.
        }
    }

    private static Refusal refusal(FileName name, IOException failure) {
        String key = Refusal.quote(name.key());
        if (failure instanceof NoSuchFileException || failure instanceof NotDirectoryException) {
            return Refusal.notFound("there is no such file: " + key);
        }
        if (failure instanceof AccessDeniedException || failure instanceof FileSystemLoopException) {
            return Refusal.invalid("access to the file is denied: " + key);
        }
        // The JDK has no exception type for ENOTDIR.
        return failure.getMessage() != null && failure.getMessage().endsWith("Not a directory")
                ? Refusal.notFound("there is no such file: " + key)
                : Refusal.unavailable("the file store is unavailable for " + key, failure);
    }

    /** Ignores {@link #close}, because content may close its stream and fail afterwards. */
    private static final class NonClosing extends OutputStream {

        private final OutputStream file;

        NonClosing(OutputStream file) {
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
