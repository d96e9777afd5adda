package dev.odometer.files.folder;

import dev.odometer.functions.file.FileName;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the files of a folder with their versions; it cannot tell whether a file is complete. */
final class DirectoryScan extends SimpleFileVisitor<Path> {

    private static final int MAX_DEPTH = 16;
    /** Limits the memory of one scan; later scans find the remaining files when these have been moved. */
    private static final int MAX_FILES = 10_000;

    private static final List<String> UNFINISHED = List.of(".part", ".tmp", FileName.REJECTED_SUFFIX);

    private final Path folder;
    private final Map<Path, Version> files = new HashMap<>();

    private DirectoryScan(Path folder) {
        this.folder = folder;
    }

    /** The versions of the files by their paths. Hidden, unfinished and unreadable files are skipped. */
    static Map<Path, Version> at(Path folder) throws IOException {
        var scan = new DirectoryScan(folder);
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, scan);
        return scan.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        return isHidden(visited) && !visited.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        if (attributes.isRegularFile() && !isHidden(file) && UNFINISHED.stream().noneMatch(name::endsWith)) {
            files.put(file, Version.of(attributes));
        }
        return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
        return FileVisitResult.CONTINUE;
    }
}
