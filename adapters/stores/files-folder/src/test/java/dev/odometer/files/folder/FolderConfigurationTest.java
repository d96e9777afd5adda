package dev.odometer.files.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class FolderConfigurationTest {

    @TempDir
    Path temporary;

    private static void store(String folder) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("odometer.files.folder", folder)));
        new FolderConfiguration().folderFileStore(environment);
    }

    @Test
    void createsNoFolderAtStartup() {
        store(temporary.resolve("files").toString());

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void requiresAFolder() {
        assertThatThrownBy(() -> store(" "))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("odometer.files.folder");
    }
}
