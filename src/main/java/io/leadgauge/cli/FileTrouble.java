package io.leadgauge.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Says why a file cannot be read or written. */
final class FileTrouble {
  private FileTrouble() {}

  /** Returns the reason in words, without the name of the file. */
  static String of(IOException trouble) {
    return switch (trouble) {
      case NoSuchFileException missing -> "no such file or folder";
      case FileAlreadyExistsException there -> "it is there already";
      case DirectoryNotEmptyException folder -> "it is a folder";
      case AccessDeniedException denied -> "not allowed";
      default -> String.valueOf(trouble.getMessage());
    };
  }
}
