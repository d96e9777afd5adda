package dev.odometer.functions.file;

class InMemoryFileStoreTest extends FileStoreContract {

    private final FileStore store = new InMemoryFileStore();

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected String container() {
        return "inbox";
    }
}
