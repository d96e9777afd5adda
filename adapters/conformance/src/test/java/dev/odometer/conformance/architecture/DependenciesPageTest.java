package dev.odometer.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/dependencies.md} matches the byte code of this build. */
class DependenciesPageTest {

    private static final Path PAGE = Path.of("../../docs/dependencies.md");
    private static final Path DRAWN = Path.of("target/dependencies.md");

    @Test
    void showsTheDependenciesOfThisBuild() throws IOException {
        String drawn = page();
        Files.writeString(DRAWN, drawn);

        assertThat(PAGE)
                .as("copy adapters/conformance/target/dependencies.md to docs/dependencies.md")
                .hasContent(drawn);
    }

    private static String page() {
        var page = new StringBuilder("""
                # Dependencies

                These drawings are made from the byte code of the build, by `DependenciesPageTest`. The test fails when this page
                is out of date, and writes the new page to `adapters/conformance/target/dependencies.md`. To make it:

                ```
                mvn verify -pl adapters/conformance -am -DskipITs -Dtest=DependenciesPageTest -Dsurefire.failIfNoSpecifiedTests=false
                ```

                Every arrow leads to a lower layer, so there is no cycle. An arrow that follows from two others is left out.
                Dependencies that a module has only at run time are not shown: [Architecture](architecture.md) lists them.

                ## Modules

                """);
        List<Module> modules = Module.all();
        page.append(
                Dependencies.of(MainCode.CLASSES, type -> folder(modules, type)).drawing());
        for (Module module : modules) {
            Dependencies packages = Dependencies.of(MainCode.CLASSES, type -> packageIn(module, type));
            if (packages.edges().size() > 1) {
                page.append("\n## ").append(module.folder()).append("\n\nPackages in `");
                page.append(module.rootPackage()).append("`.\n\n").append(packages.drawing());
            }
        }
        return page.toString();
    }

    private static String folder(List<Module> modules, JavaClass type) {
        return modules.stream()
                .filter(module -> module.holds(type))
                .map(Module::folder)
                .findFirst()
                .orElse("");
    }

    private static String packageIn(Module module, JavaClass type) {
        if (!module.holds(type)) {
            return "";
        }
        String name = type.getPackageName();
        return name.equals(module.rootPackage())
                ? "(root)"
                : name.substring(module.rootPackage().length() + 1);
    }
}
