package dev.odometer.conformance;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The Javadoc of the project's classes as plain text, read from their sources. */
final class Javadocs {

    private static final Path ROOT = Path.of("../..");
    private static final int MODULE_DEPTH = 3;

    /** Points to a class, which a reader of the API does not have. */
    private static final String POINTER = "[;,.] see [A-Z]\\w*(\\.\\w+)?( for [^.;]*)?(?=[.;]|$)";

    private final List<Path> sourceFolders = sourceFolders();
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final Map<Path, Map<String, Text>> files = new HashMap<>();

    /**
     * The Javadoc of a class.
     *
     * @param body without block tags
     * @param parameters the texts of {@code @param} by name
     */
    record Text(String body, Map<String, String> parameters) {}

    private static List<Path> sourceFolders() {
        try (Stream<Path> folders = Files.find(
                ROOT, MODULE_DEPTH + 3, (path, attributes) -> path.endsWith(Path.of("src", "main", "java")))) {
            return folders.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The Javadoc of the class; empty for a class of a library and one without Javadoc. */
    Optional<Text> of(Class<?> type) {
        Path file = Path.of(type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java");
        return sourceFolders.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .findFirst()
                .map(source -> files.computeIfAbsent(source, this::read)
                        .get(type.getName().substring(type.getPackageName().length() + 1)));
    }

    /** The texts of the classes in a file, by their names without the package. */
    private Map<String, Text> read(Path source) {
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjects(source));
            DocTrees docs = DocTrees.instance(task);
            var texts = new HashMap<String, Text>();
            for (CompilationUnitTree unit : task.parse()) {
                new Classes(docs, texts).scan(unit, "");
            }
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Visits the classes of a file; the second argument is the name of the enclosing class with a dollar sign. */
    private static final class Classes extends TreePathScanner<Void, String> {

        private final DocTrees docs;
        private final Map<String, Text> texts;

        private Classes(DocTrees docs, Map<String, Text> texts) {
            this.docs = docs;
            this.texts = texts;
        }

        @Override
        public Void visitClass(ClassTree type, String enclosing) {
            String name = enclosing + type.getSimpleName();
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                texts.put(name, text(comment));
            }
            for (Tree member : type.getMembers()) {
                if (member instanceof ClassTree inner) {
                    new Classes(docs, texts).scan(new TreePath(getCurrentPath(), inner), name + "$");
                }
            }
            return null;
        }
    }

    private static Text text(DocCommentTree comment) {
        Map<String, String> parameters = comment.getBlockTags().stream()
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .collect(Collectors.toMap(
                        parameter -> parameter.getName().toString(), parameter -> plain(parameter.getDescription())));
        return new Text(plain(comment.getFullBody()), parameters);
    }

    private static String plain(List<? extends DocTree> parts) {
        return parts.stream()
                .map(Javadocs::plain)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .replaceAll(POINTER, "")
                .strip();
    }

    private static String plain(DocTree part) {
        if (part instanceof TextTree text) {
            return text.getBody();
        }
        if (part instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody().strip() + "`";
        }
        if (part instanceof LinkTree link) {
            String label = plain(link.getLabel());
            return label.isEmpty() ? link.getReference().getSignature().replace('#', '.') : label;
        }
        // Tags of HTML have no text, and entities are kept, because descriptions are Markdown.
        return part instanceof EntityTree ? part.toString() : " ";
    }
}
