// SPDX-License-Identifier: Apache-2.0
// A table that sorts by a press on its headings. For some hundred rows; the status matrix is virtual.
import {
  type ColumnDef, flexRender, getCoreRowModel, getSortedRowModel, type SortingState, useReactTable,
} from "@tanstack/react-table";
import { useState } from "react";
import { common } from "~/text/common";
import { useText } from "~/text/text";

declare module "@tanstack/react-table" {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData, TValue> {
    numeric?: boolean;
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Columns<Row> = ColumnDef<Row, any>[];

export function DataTable<Row>({ rows, columns, caption, sortedBy = [] }: {
  rows: readonly Row[];
  columns: Columns<Row>;
  caption: string;
  sortedBy?: SortingState;
}) {
  const t = useText(common);
  const [sorting, setSorting] = useState<SortingState>(sortedBy);
  const table = useReactTable({
    data: rows as Row[],
    columns,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return (
    // A keyboard must be able to scroll what is wider than the screen.
    <div className="table-frame" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption className="hidden-text">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted();
                const content = flexRender(header.column.columnDef.header, header.getContext());
                return (
                  <th key={header.id} scope="col" className={header.column.columnDef.meta?.numeric ? "number" : undefined}
                    aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}>
                    {header.column.getCanSort() ? (
                      <button type="button" className="sorter" onClick={header.column.getToggleSortingHandler()} title={t("sort")}>
                        {content}<span aria-hidden="true">{sorted === "asc" ? "▲" : sorted === "desc" ? "▼" : "↕"}</span>
                      </button>
                    ) : content}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} className={cell.column.columnDef.meta?.numeric ? "number" : undefined}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
