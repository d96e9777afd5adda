package dev.odometer.files.folder;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Maps file names to paths inside one folder, and never outside of it. */
record PathResolver(Path folder) {

    /** The maximum bytes of a path segment: the limit of file systems minus the suffixes that other files add. */
    private static final int MAX_SEGMENT_BYTES = 220;

    private static final Set<String> INVALID_SEGMENTS = Set.of("", ".", "..");

    /** @throws Refusal INVALID for a name that no file in this folder can have */
    Path of(FileName name) {
        checkSegment(name.container(), name);
        if (name.container().indexOf('/') >= 0) {
            throw Refusal.invalid("container must be a direct subfolder: " + Refusal.quote(name.container()));
        }
        List<String> segments = List.of(name.key().split("/", -1));
        segments.forEach(segment -> checkSegment(segment, name));
        try {
            Path path = folder.resolve(name.container());
            for (String segment : segments) {
                path = path.resolve(segment);
            }
            // On Windows, a segment with a drive letter leads out of the folder.
            if (!path.startsWith(folder)) {
                throw Refusal.invalid("invalid file name: " + Refusal.quote(name.key()));
            }
            return path;
        } catch (InvalidPathException unmappable) {
            throw Refusal.invalid("invalid file name: " + Refusal.quote(name.key()));
        }
    }

    /** Also refuses backslashes, which separate segments on Windows. */
    private static void checkSegment(String segment, FileName name) {
        if (INVALID_SEGMENTS.contains(segment)
                || segment.indexOf('\\') >= 0
                || segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
            throw Refusal.invalid("invalid file name: " + Refusal.quote(name.key()));
        }
    }

    /**
     * The real path of an existing file, with links resolved.
     *
     * @throws NoSuchFileException when the file does not exist, or a link leads out of the folder
     */
    Path existing(FileName name) throws IOException {
        Path path = of(name).toRealPath();
        if (!path.startsWith(folder.toRealPath()) || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        return path;
    }

    /**
     * The path for writing a file; its folder is created.
     *
     * @throws Refusal INVALID when a link leads out of the folder, or the path is a folder
     */
    Path writable(FileName name) throws IOException {
        Path target = of(name);
        Files.createDirectories(folder);
        Path step = folder;
        for (Path segment : folder.relativize(target.getParent())) {
            // One segment at a time, so that no folder is created behind a link.
            step = step.resolve(segment);
            if (Files.notExists(step, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(step);
            }
            checkInside(step, name);
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw Refusal.invalid("the name is that of a folder: " + Refusal.quote(name.key()));
        }
        return target;
    }

    private void checkInside(Path step, FileName name) throws IOException {
        boolean inside = Files.isDirectory(step) && step.toRealPath().startsWith(folder.toRealPath());
        if (!inside) {
            throw Refusal.invalid("the path leads through a file or out of the folder: " + Refusal.quote(name.key()));
        }
    }
}
