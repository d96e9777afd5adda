package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.javascript.jscomp.AbstractCommandLineRunner;
import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.JSError;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.deps.ModuleLoader.ResolutionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each name in the scripts of the console is declared. A browser finds an undeclared one only when it runs the line. */
class ScriptsTest {

    private static final Path SCRIPTS = Path.of("../console/src/main/resources/console/js");
    /** Members of the window that the compiler knows only as such. */
    private static final String WINDOW = "var addEventListener, dispatchEvent, localStorage, matchMedia,"
            + " removeEventListener, scrollTo, sessionStorage;";

    private static List<String> undeclared(List<SourceFile> scripts) throws IOException {
        var options = new CompilerOptions();
        options.setChecksOnly(true);
        options.setLanguageIn(CompilerOptions.LanguageMode.UNSTABLE);
        options.setLanguageOut(CompilerOptions.LanguageMode.NO_TRANSPILE);
        options.setAllowDynamicImport(true);
        options.setModuleResolutionMode(ResolutionMode.BROWSER);
        // The libraries are in other folders, and an error would end the compilation before the check.
        options.setWarningLevel(DiagnosticGroups.MODULE_LOAD, CheckLevel.OFF);
        options.setWarningLevel(DiagnosticGroups.UNDEFINED_VARIABLES, CheckLevel.ERROR);
        var known = new ArrayList<>(AbstractCommandLineRunner.getBuiltinExterns(CompilerOptions.Environment.BROWSER));
        known.add(SourceFile.fromCode("window.js", WINDOW));
        var compiler = new Compiler(System.err);
        compiler.disableThreads();
        return compiler.compile(known, scripts, options).errors.stream()
                .filter(error -> DiagnosticGroups.UNDEFINED_VARIABLES.matches(error.getType()))
                .map(JSError::toString)
                .toList();
    }

    private static List<SourceFile> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .map(file -> SourceFile.fromFile(file.toString()))
                    .toList();
        }
    }

    @Test
    void declareEachName() throws IOException {
        assertThat(scripts()).hasSizeGreaterThan(40);

        assertThat(undeclared(scripts())).isEmpty();
    }

    @Test
    void findAnUndeclaredName() throws IOException {
        var scripts = new ArrayList<>(scripts());
        scripts.add(SourceFile.fromCode(
                SCRIPTS.resolve("more.js").toString(),
                "import {html} from './view.js';\nexport const x = () => MAX_SERIES + html;"));

        assertThat(undeclared(scripts)).singleElement().asString().contains("MAX_SERIES");
    }
}
