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

/** Where in a folder the files of names are: always in it. */
record PathResolver(Path folder) {

    /** In bytes, of a part of a name: what file systems take, less what a temporary name adds. */
    private static final int MAX_PART_LENGTH = 220;

    private static final Set<String> NO_PARTS = Set.of("", ".", "..");

    /** @throws Refusal INVALID for a name that is none here, whether or not there is such a file */
    Path of(FileName name) {
        checkPart(name.container(), name);
        if (name.container().indexOf('/') >= 0) {
            throw Refusal.invalid("container must be a direct subfolder: " + Refusal.quote(name.container()));
        }
        List<String> parts = List.of(name.key().split("/", -1));
        parts.forEach(part -> checkPart(part, name));
        try {
            Path place = folder.resolve(name.container());
            for (String part : parts) {
                place = place.resolve(part);
            }
            // A part with a drive in it leads elsewhere on Windows.
            if (!place.startsWith(folder)) {
                throw Refusal.invalid("no file here can have that name: " + Refusal.quote(name.key()));
            }
            return place;
        } catch (InvalidPathException unmappable) {
            throw Refusal.invalid("no file here can have that name: " + Refusal.quote(name.key()));
        }
    }

    /** A backslash parts names on Windows. */
    private static void checkPart(String part, FileName name) {
        if (NO_PARTS.contains(part)
                || part.indexOf('\\') >= 0
                || part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_LENGTH) {
            throw Refusal.invalid("no file here can have that name: " + Refusal.quote(name.key()));
        }
    }

    /**
     * The file itself, without links on the way.
     *
     * @throws NoSuchFileException when there is none, or a link leads out of the folder
     */
    Path existing(FileName name) throws IOException {
        Path place = of(name).toRealPath();
        if (!place.startsWith(folder.toRealPath()) || !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(place.toString());
        }
        return place;
    }

    /**
     * Where to write the file, in a folder that is there now.
     *
     * @throws Refusal INVALID when a link leads out of the folder, or a folder is in the way
     */
    Path writable(FileName name) throws IOException {
        Path place = of(name);
        Files.createDirectories(folder);
        Path step = folder;
        for (Path part : folder.relativize(place.getParent())) {
            // Step by step: a folder must not even be made behind a link.
            step = step.resolve(part);
            if (Files.notExists(step, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(step);
            }
            checkInside(step, name);
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw Refusal.invalid("a folder is in the way of " + Refusal.quote(name.key()));
        }
        return place;
    }

    private void checkInside(Path step, FileName name) throws IOException {
        boolean inside = Files.isDirectory(step) && step.toRealPath().startsWith(folder.toRealPath());
        if (!inside) {
            throw Refusal.invalid("no file can be written there: " + Refusal.quote(name.key()));
        }
    }
}
