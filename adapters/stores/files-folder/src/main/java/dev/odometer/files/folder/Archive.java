package dev.odometer.files.folder;

import dev.odometer.functions.file.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder for handled files. They keep their relative paths and do not replace existing files. */
record Archive(Path folder) {

    /** Moves a file and the file of its rejected lines into the archive. */
    void take(Path inbox, Path file) throws IOException {
        Path wanted = folder.resolve(inbox.relativize(file));
        Files.createDirectories(wanted.resolveSibling("."));
        Path place = free(wanted);
        Path rejected = rejected(file);
        // The file is moved last: after a crash, it is still in the inbox and is moved again.
        if (Files.isRegularFile(rejected, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(rejected, rejected(place), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        FolderFileStore.syncFolderOf(place);
        FolderFileStore.syncFolderOf(file);
    }

    private static Path rejected(Path file) {
        return file.resolveSibling(file.getFileName() + FileName.REJECTED_SUFFIX);
    }

    /** The first free path, such as {@code a-2.csv} if {@code a.csv} exists. */
    private static Path free(Path wanted) {
        String name = wanted.getFileName().toString();
        int dot = name.indexOf('.', 1);
        String stem = dot < 0 ? name : name.substring(0, dot);
        String ending = dot < 0 ? "" : name.substring(dot);
        Path place = wanted;
        for (int i = 2; isTaken(place) || isTaken(rejected(place)); i++) {
            place = wanted.resolveSibling(stem + "-" + i + ending);
        }
        return place;
    }

    private static boolean isTaken(Path place) {
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }
}
