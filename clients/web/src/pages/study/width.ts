// SPDX-License-Identifier: Apache-2.0
// The width in which a drawing stands, so that its texts keep their size on every screen.
import { useCallback, useState } from "react";

export function useWidth(initially = 640): readonly [number, (element: HTMLElement | null) => void] {
  const [width, setWidth] = useState(initially);
  const watch = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      const now = Math.floor(entries[0]!.contentRect.width);
      if (now > 0) setWidth(now);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, watch];
}
